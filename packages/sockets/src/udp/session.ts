import dgram from 'node:dgram';
import { isIPv6 } from 'node:net';

import { authority, type Endpoint } from '@portolan/core';
import { servicePort, type ConnectDecision, type Snapshot } from '@portolan/engine';
import type { Attempt } from '@portolan/proxy';

import { endpointAddress } from '../dialling/endpoint-address.ts';
import { LoopError } from '../dialling/loop-error.ts';
import { isOwnFault } from '../dialling/own-fault.ts';
import { startIdleTimer, type IdleTimer } from '../idle-timer/idle-timer.ts';
import type { EndedConnection } from '../listeners/listeners.ts';
import type { Relaying } from '../relaying/relaying.ts';
import { boundedSend, type Send } from './bounded-send.ts';

/** Datagrams, and bytes of them, that wait until the socket to the endpoint is open. */
const MOST_EARLY = 64;
const MOST_EARLY_BYTES = 256 * 1024;

/** What a session is opened with. */
export interface SessionOptions {
  readonly relaying: Relaying;
  readonly decision: ConnectDecision;
  /** Decides anew. */
  readonly decideAgain: () => ReturnType<Relaying['decide']>;
  /** Sends to the client. */
  readonly answer: (data: Uint8Array) => void;
  /** Something was sent, either way. */
  readonly onUse: () => void;
  readonly onEnd: (
    ended: Pick<
      EndedConnection,
      'bytesIn' | 'bytesOut' | 'duration' | 'endpoint' | 'reason' | 'service'
    >,
  ) => void;
}

/** The datagrams of one client, and the socket that its endpoint sees them come from. */
export class Session {
  readonly #options: SessionOptions;
  readonly #startedAt: number = performance.now();
  readonly #underWay: Attempt;
  readonly #idle: IdleTimer;
  /** The last one in which the endpoint may answer. */
  #snapshot: Snapshot;
  #socket: dgram.Socket | undefined;
  #send: Send | undefined;
  #early: Uint8Array[] = [];
  #earlyBytes = 0;
  #bytesIn = 0;
  #bytesOut = 0;
  #hasEnded = false;

  constructor(options: SessionOptions) {
    const { relaying, decision } = options;
    const { endpoint, settings, endpoints } = decision;
    this.#options = options;
    this.#snapshot = relaying.snapshot();
    this.#underWay = relaying.states.begin(
      servicePort(decision.service),
      endpoint,
      settings,
      endpoints,
    );
    this.#idle = startIdleTimer(settings.idleTimeout ?? relaying.sessionTimeout, () => this.end());
    this.#open(endpoint).catch((error: unknown) => this.#fail(error));
  }

  /** Whether its endpoint may still answer, and it is not over. */
  isCurrent(): boolean {
    if (this.#hasEnded) return false;
    const { relaying, decision, decideAgain } = this.#options;
    const snapshot = relaying.snapshot();
    if (snapshot === this.#snapshot) return true;
    const now = decideAgain();
    if (now.outcome === 'refuse' || servicePort(now.service) !== servicePort(decision.service)) {
      return false;
    }
    const isSame = ({ address, port }: Endpoint): boolean =>
      address === decision.endpoint.address && port === decision.endpoint.port;
    if (!now.endpoints.some(isSame)) return false;
    this.#snapshot = snapshot;
    return true;
  }

  /** Sends to the endpoint. */
  send(data: Uint8Array): void {
    if (this.#hasEnded) return;
    this.#use();
    if (this.#send === undefined) {
      if (this.#early.length >= MOST_EARLY) return;
      if (this.#earlyBytes + data.length > MOST_EARLY_BYTES) return;
      this.#earlyBytes += data.length;
      this.#early.push(data);
      return;
    }
    this.#bytesIn += data.length;
    this.#send(data, (error) => this.#onError(error));
  }

  /** @param reason Absent where nothing was sent for so long as a session lasts. */
  end(reason?: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#idle.stop();
    this.#socket?.close();
    this.#underWay.ended();
    const { service, endpoint } = this.#options.decision;
    this.#options.onEnd({
      service: servicePort(service),
      ...(this.#send !== undefined && { endpoint: authority(endpoint.address, endpoint.port) }),
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      duration: performance.now() - this.#startedAt,
      ...(reason !== undefined && { reason }),
    });
  }

  async #open(endpoint: Endpoint): Promise<void> {
    const { overrides, isOwn } = this.#options.relaying;
    const at = await endpointAddress(endpoint, overrides());
    if (this.#hasEnded) return;
    if (isOwn('UDP', at)) throw new LoopError(at);
    const { address, port } = at;
    const socket = dgram.createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    this.#socket = socket;
    socket.on('error', (error) => this.#onError(error));
    socket.on('message', (data) => this.#take(data));
    socket.connect(port, address, () => {
      if (this.#hasEnded) return;
      this.#send = boundedSend(socket);
      const early = this.#early;
      this.#early = [];
      for (const data of early) this.send(data);
    });
  }

  #take(data: Uint8Array): void {
    if (!this.isCurrent()) {
      this.end('EndpointGone');
      return;
    }
    this.#underWay.answered(200);
    this.#use();
    this.#bytesOut += data.length;
    this.#options.answer(data);
  }

  #use(): void {
    this.#idle.touch();
    this.#options.onUse();
  }

  #onError(error: Error): void {
    // A datagram that is too large for the way is lost, and nothing besides.
    if (!('code' in error && error.code === 'EMSGSIZE')) this.#fail(error);
  }

  #fail(error: unknown): void {
    if (this.#hasEnded) return;
    if (!isOwnFault(error)) this.#underWay.failed();
    this.end('UpstreamUnreachable');
  }
}
