import type { Entrance } from '@portolan/core';
import { decide, type Decision, type SettingsOptions, type Snapshot } from '@portolan/engine';
import {
  createEndpointStates,
  createProxy,
  receive,
  sessionCookies,
  startHealthChecks,
  url,
  type Answer,
  type Dialer,
  type EndpointStateStore,
  type HealthChecks,
  type HealthReport,
  type ProxyOptions,
  type Received,
  type RequestMessage,
  type Trust,
} from '@portolan/proxy';

import { hostRequest } from '../connection/host-request.ts';
import { affinityCookies } from './affinity-cookies.ts';

/** How a Snapshot is served. */
export interface GatewayOptions {
  /** Ways to reach an endpoint, the first that can is taken; by default plain `fetch` to its address. */
  readonly dialers?: readonly Dialer[];
  /** From which side the requests come: `external` by default. */
  readonly entrance?: Entrance;
  /** The node and the zone that this runs in, for traffic policies and topology. */
  readonly node?: string;
  readonly zone?: string;
  /** Tells the address at the other end of the connection; by default each runtime's own way, see `clientAddress`. */
  readonly clientAddress?: (request: Request, platform: unknown) => string | undefined;
  /** The proxies in front of us whose word counts; by default none does. */
  readonly trust?: Trust;
  /** Settings for what no annotation says. */
  readonly settings?: SettingsOptions;
  /**
   * From which the key for affinity cookies is made. Whoever is to honour them needs the same: every isolate and every
   * process. By default one is made at random, which is good for this gateway alone.
   */
  readonly sessionSecret?: string;
  /** Keeps what is known of endpoints; its own by default. Gateways of one process do well to share one. */
  readonly states?: EndpointStateStore;
  /** Numbers in [0, 1) that spread requests over endpoints and weighted backends; `Math.random` by default. */
  readonly random?: () => number;
  /** Is told of each request once it has ended. By default nobody is. What it throws is lost. */
  readonly observe?: ProxyOptions['observe'];
  /** Makes a span of each request. */
  readonly tracer?: ProxyOptions['tracer'];
}

/**
 * Answers one request.
 *
 * @param platform What the runtime, or a host of ours, passes along with the request: a `HostRequest`, or whatever else
 *   tells the client's address.
 */
export interface GatewayFetch {
  (request: Request, platform?: unknown): Promise<Response>;
  /** The same for a message that need be no Request, with an answer that is no Response. */
  readonly answer: (message: RequestMessage, platform?: unknown) => Promise<Answer>;
}

/** A Snapshot that answers requests. */
export interface Gateway {
  readonly fetch: GatewayFetch;
  /**
   * As `fetch`, but what no frontend and no route takes is left to somebody else: the result is then that of `unmatched`,
   * which finds the request unread.
   */
  readonly fetchOr: <Result>(
    request: Request,
    platform: unknown,
    unmatched: () => Promise<Result>,
  ) => Promise<Response | Result>;
  /** What would be done with the request, without doing it. With `trace`, why. Affinity cookies are not looked at. */
  readonly decide: (
    request: Request,
    platform?: unknown,
    options?: { readonly trace?: boolean },
  ) => Decision;
  /** Carries out a Decision that `decide` made for the request. */
  readonly carryOut: (
    request: Request,
    decision: Decision,
    platform?: unknown,
  ) => Promise<Response>;
  readonly snapshot: () => Snapshot;
  /** Serves another Snapshot from the next request on; those under way keep theirs. */
  readonly swap: (snapshot: Snapshot) => void;
  /** What is known of endpoints: requests under way, who is ejected. Counts what this gateway has seen. */
  readonly states: EndpointStateStore;
  /**
   * Begins to ask the endpoints of Services with a `healthPath` how they are, and goes on until it is closed. For hosts that
   * have a clock of their own: not for Workers.
   */
  readonly startHealthChecks: (report?: (report: HealthReport) => void) => HealthChecks;
}

/** Serves a Snapshot. */
export function createGateway(snapshot: Snapshot, options: GatewayOptions = {}): Gateway {
  const { dialers = [url()], entrance = 'external', node, zone, random = Math.random } = options;
  const { settings = {}, observe, tracer } = options;
  const { states = createEndpointStates({ random }) } = options;
  const sessions = sessionCookies(options.sessionSecret);
  const proxy = createProxy({ dialers, states, sessions, observe, tracer, random });
  const read = receive(options.trust);
  let current = snapshot;
  let cookies = affinityCookies(snapshot, settings);

  const received = (request: RequestMessage, platform: unknown): Received =>
    read(request, { entrance, node, zone, ...hostRequest(request, platform, options) });

  /** Does what is to be done by the Decision, at once: those about later requests are to count on it. */
  async function follow<Result>(
    request: RequestMessage,
    platform: unknown,
    how: (decision: Decision, connection: Received) => Promise<Result>,
  ): Promise<Result> {
    let facts = received(request, platform);
    if (cookies.size > 0) {
      const opened = await sessions.open(request.headers.get('cookie'), cookies);
      facts = { ...facts, sessions: opened };
    }
    const decision = decide(current, facts, { random, states, settings });
    return how(decision, { ...facts, snapshotVersion: current.version });
  }

  const handle = (request: Request, platform?: unknown): Promise<Response> =>
    follow(request, platform, (...decided) => proxy.handle(request, ...decided));
  const answer = (message: RequestMessage, platform?: unknown): Promise<Answer> =>
    follow(message, platform, (...decided) => proxy.answer(message, ...decided));

  return {
    fetch: Object.assign(handle, { answer }),
    fetchOr: <Result>(request: Request, platform: unknown, unmatched: () => Promise<Result>) =>
      follow<Response | Result>(request, platform, (decision, connection) => {
        const isUnmatched = decision.outcome === 'respond' && decision.reason === 'NoMatchingRoute';
        return isUnmatched ? unmatched() : proxy.handle(request, decision, connection);
      }),
    decide: (request, platform, { trace = false } = {}) =>
      decide(current, received(request, platform), { trace, random, states, settings }),
    carryOut: (request, decision, platform) =>
      proxy.handle(request, decision, received(request, platform)),
    snapshot: () => current,
    swap: (next) => {
      current = next;
      states.retain(next);
      cookies = affinityCookies(next, settings);
    },
    states,
    startHealthChecks: (report) =>
      startHealthChecks({ snapshot: () => current, settings, dialers, states, report }),
  };
}
