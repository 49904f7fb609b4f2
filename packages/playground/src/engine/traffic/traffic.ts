import type { Endpoint } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';
import { RequestFault, type DescribedRequest } from '@portolan/explain';
import { createGateway, type Gateway } from '@portolan/gateway';
import { createEndpointStates, type Exchange, type RequestMessage } from '@portolan/proxy';

import type { Sent } from '../../protocol/report.ts';
import type { PodState } from '../../scenario/scenario.ts';
import { keepCookies, messageOf, type Client } from './client.ts';
import { simulatedPods } from './simulated-pods.ts';

export interface TrafficOptions {
  /** The Snapshot that is served now. */
  readonly snapshot: () => Snapshot;
  /** What is sent; absent: nothing. */
  readonly request: () => DescribedRequest | undefined;
  /** What became of the Pod `namespace/name`. */
  readonly stateOf: (podKey: string) => PodState | undefined;
  /** The id of the card that stands for an endpoint. */
  readonly cardOf: (endpoint: Endpoint) => string;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Is told what was sent since it was told last, never nothing, about ten times a second. */
  readonly tell: (sent: readonly Sent[]) => void;
  readonly clock?: TrafficClock;
}

/** The time, and what is to be done from time to time. */
interface TrafficClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Begins it again and again, ended or not, until what is returned is called. */
  readonly every: (milliseconds: number, run: () => Promise<void>) => () => void;
}

/** Requests that go through the proxy, again and again. */
export interface Traffic {
  /** @param rate Requests a second, 0 to 50; what is beyond is taken for the nearest. */
  readonly setRate: (rate: number) => void;
  /** Serves another Snapshot from the next request on. What is known of endpoints is kept. */
  readonly swap: (snapshot: Snapshot) => void;
  /** Nothing is sent and told any more. */
  readonly close: () => void;
}

const MOST = 50;

/** Milliseconds from one round of requests, which are sent at once, to the next. */
const ROUND = 100;

/** Milliseconds of which requests are made up for where rounds were late: a page in the background has few. */
const LATEST = 1_000;

/**
 * Sends the request through the very proxy that serves elsewhere, to Pods that are simulated. A client is at the request's
 * address; where it says none, each request comes from one of the 254 of 203.0.113.0/24 (RFC 5737), so that affinity shows.
 * Nothing is sent while the request is none that could be.
 */
export function createTraffic(options: TrafficOptions): Traffic {
  const { random, stateOf, cardOf, tell, clock = RUNTIME_CLOCK } = options;
  const states = createEndpointStates({ now: clock.now, random });
  const dialers = [simulatedPods(stateOf)];
  const sessionSecret = crypto.randomUUID();
  const clients = new Map<string, Client>();
  let gathered: Sent[] = [];
  let gateway: (Circumstances & { readonly serves: Gateway }) | undefined;
  let rate = 0;
  let stop: (() => void) | undefined;
  let isClosed = false;

  const observe = ({ status, failure, tries }: Exchange): void => {
    const tried = tries.map(({ endpoint }) => cardOf(endpoint));
    gathered.push({ status, tried, ...(failure && { reason: failure.reason }) });
  };

  /** A proxy is somewhere: where the request comes in elsewhere, it is another one's, which knows the same of endpoints. */
  const gatewayAt = ({ entrance = 'external', node, zone }: DescribedRequest): Gateway => {
    if (gateway?.entrance !== entrance || gateway.node !== node || gateway.zone !== zone) {
      const at = { entrance, node, zone };
      const served = { ...at, dialers, states, sessionSecret, random, observe };
      gateway = { ...at, serves: createGateway(options.snapshot(), served) };
    }
    return gateway.serves;
  };

  const clientOf = ({
    from = `203.0.113.${1 + Math.floor(random() * 254)}`,
  }: DescribedRequest): Client => {
    const client = clients.get(from) ?? { address: from, cookies: new Map() };
    clients.set(from, client);
    return client;
  };

  const send = async (request: DescribedRequest): Promise<void> => {
    const client = clientOf(request);
    let message: RequestMessage;
    try {
      message = messageOf(request, client);
    } catch (error) {
      if (error instanceof RequestFault) return;
      throw error;
    }
    const { answer } = gatewayAt(request).fetch;
    const { headers } = await answer(message, { remoteAddress: client.address });
    keepCookies(client, headers);
  };

  const round = async (count: number): Promise<void> => {
    const request = options.request();
    if (request === undefined) return;
    await Promise.all(Array.from({ length: count }, () => send(request)));
    if (gathered.length === 0 || isClosed) return;
    const sent = gathered;
    gathered = [];
    tell(sent);
  };

  const start = (): (() => void) => {
    let last = clock.now();
    // The first request need not wait for its time to pass.
    let due = 1;
    return clock.every(ROUND, async () => {
      const now = clock.now();
      due += (rate * Math.min(now - last, LATEST)) / 1_000;
      last = now;
      const count = Math.floor(due);
      due -= count;
      if (count > 0) await round(count);
    });
  };

  return {
    setRate: (wanted) => {
      if (isClosed) return;
      rate = Math.min(Math.max(wanted, 0), MOST);
      if (rate > 0) {
        stop ??= start();
        return;
      }
      stop?.();
      stop = undefined;
    },
    swap: (snapshot) => gateway?.serves.swap(snapshot),
    close: () => {
      isClosed = true;
      stop?.();
      stop = undefined;
    },
  };
}

type Circumstances = Pick<DescribedRequest, 'entrance' | 'node' | 'zone'>;

const RUNTIME_CLOCK: TrafficClock = {
  now: Date.now,
  every: (milliseconds, run) => {
    const timer = setInterval(() => void run(), milliseconds);
    return () => clearInterval(timer);
  },
};
