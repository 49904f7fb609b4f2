import type { Socket } from 'node:net';

import { authority } from '@portolan/core';
import { servicePort, type ConnectDecision } from '@portolan/engine';

import { plainAddress, type SocketAddress } from '../address/socket-address.ts';
import { reach } from '../dialling/reach.ts';
import { startIdleTimer } from '../idle-timer/idle-timer.ts';
import type { EndedConnection, ListenAt } from '../listeners/listeners.ts';
import { encodeProxyHeader } from '../proxy-protocol/encode.ts';
import { receiveProxyHeader } from '../proxy-protocol/receive.ts';
import { relay } from '../relay/relay.ts';
import type { Relaying } from '../relaying/relaying.ts';
import { reset } from '../reset/reset.ts';

/** Milliseconds of silence after which each side is asked whether it is still there. */
const KEEP_ALIVE = 30_000;

/** Milliseconds that the header of a balancer in front may take. */
const HEADER_TIMEOUT = 5000;

/** A client's TCP connection, from when it is accepted to when it and the one to its endpoint are closed. */
export class Connection {
  /** Resolves when nothing of it is open any more. Never rejects. */
  readonly ended: Promise<void>;
  readonly #client: Socket;
  readonly #at: ListenAt;
  readonly #relaying: Relaying;
  readonly #startedAt: number = performance.now();
  #endpoint: Socket | undefined;
  /** Between whom it is, as far as the balancers in front say. */
  #source: SocketAddress;
  #destination: SocketAddress;
  /** What came before the endpoint was there. */
  #first: Uint8Array | undefined;
  #carried: Pick<EndedConnection, 'endpoint' | 'service'> = {};
  #bytesIn = 0;
  #bytesOut = 0;
  #reason: string | undefined;

  constructor(client: Socket, at: ListenAt, relaying: Relaying) {
    const { localAddress = at.address, localPort = at.port } = client;
    const { remoteAddress = '', remotePort = 0 } = client;
    this.#client = client;
    this.#at = at;
    this.#relaying = relaying;
    this.#source = { address: plainAddress(remoteAddress), port: remotePort };
    this.#destination = { address: plainAddress(localAddress), port: localPort };
    client.on('error', () => undefined);
    client.setNoDelay(true);
    client.setKeepAlive(true, KEEP_ALIVE);
    this.ended = this.#live();
  }

  /** Resets both sides. */
  breakOff(reason: string): void {
    this.#reason ??= reason;
    reset(this.#client);
    if (this.#endpoint !== undefined) reset(this.#endpoint);
  }

  async #live(): Promise<void> {
    try {
      await this.#carry();
    } catch {
      this.breakOff('InternalError');
    }
    const { address: clientAddress, port: clientPort } = this.#source;
    this.#relaying.observe({
      ...this.#at,
      clientAddress,
      clientPort,
      ...this.#carried,
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      duration: performance.now() - this.#startedAt,
      ...(this.#reason !== undefined && { reason: this.#reason }),
    });
  }

  async #carry(): Promise<void> {
    const knocked = { host: this.#destination.address, port: this.#destination.port };
    if (this.#relaying.sendsHeaders(this.#source.address)) {
      const header = await receiveProxyHeader(this.#client, HEADER_TIMEOUT);
      if (typeof header === 'string') return this.breakOff(header);
      this.#first = header.rest;
      const { addresses } = header;
      if (addresses !== undefined) {
        this.#source = addresses.source;
        this.#destination = addresses.destination;
      }
    }
    const decision = this.#relaying.decide(this.#at, knocked, this.#source.address);
    if (decision.outcome === 'refuse') return this.breakOff(decision.reason);
    this.#carried = { service: servicePort(decision.service) };
    const reached = await reach(this.#client, decision, this.#relaying);
    if (reached === undefined) {
      const hasLeft = this.#client.destroyed;
      return this.breakOff(hasLeft ? 'ClientClosedConnection' : 'UpstreamUnreachable');
    }
    const { socket, endpoint, underWay } = reached;
    this.#endpoint = socket;
    this.#carried = { ...this.#carried, endpoint: authority(endpoint.address, endpoint.port) };
    try {
      await this.#relay(socket, decision);
    } finally {
      underWay.ended();
    }
  }

  async #relay(endpoint: Socket, { settings }: ConnectDecision): Promise<void> {
    endpoint.setNoDelay(true);
    endpoint.setKeepAlive(true, KEEP_ALIVE);
    if (settings.proxyProtocol === 'V2') {
      endpoint.write(encodeProxyHeader({ source: this.#source, destination: this.#destination }));
    }
    const idle = startIdleTimer(settings.idleTimeout ?? this.#relaying.idleTimeout, () =>
      this.breakOff('IdleTimeout'),
    );
    await relay(this.#client, endpoint, this.#first, {
      onIn: (bytes) => {
        idle.touch();
        this.#bytesIn += bytes;
      },
      onOut: (bytes) => {
        idle.touch();
        this.#bytesOut += bytes;
      },
      onBroken: (who) => {
        this.#reason ??= who === 'client' ? 'ClientReset' : 'UpstreamReset';
      },
    });
    idle.stop();
  }
}
