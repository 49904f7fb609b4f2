import type { Entrance } from '@portolan/core';
import { decide, type Decision, type Snapshot } from '@portolan/engine';
import { createProxy, requestFacts, url, type Dialer, type ProxyOptions } from '@portolan/proxy';

import { clientAddress } from '../connection/client-address.ts';

/** How a Snapshot is served. */
export interface GatewayOptions {
  /** Ways to reach an endpoint, the first that can is taken; by default plain `fetch` to its address. */
  readonly dialers?: readonly Dialer[];
  /** From which side the requests come: `external` by default. */
  readonly entrance?: Entrance;
  /** The node and the zone that this runs in, for traffic policies and topology. */
  readonly node?: string;
  readonly zone?: string;
  /** Tells the client's address; by default each runtime's own way, see `clientAddress`. */
  readonly clientAddress?: (request: Request, platform: unknown) => string | undefined;
  /** Numbers in [0, 1) that spread requests over endpoints and weighted backends; `Math.random` by default. */
  readonly random?: () => number;
  /**
   * Milliseconds that an endpoint may take before it begins to answer, not counting the time in which it waits for more
   * of the request; then 504. By default there is no limit.
   */
  readonly timeToFirstByte?: number;
  /**
   * Is told why of each answer of our own with a status of 500 and above, which clients are not; by default nobody is.
   * Must not throw.
   */
  readonly report?: ProxyOptions['report'];
}

/** A Snapshot that answers requests. */
export interface Gateway {
  /**
   * Answers one request.
   *
   * @param platform What the runtime passes along with the request; it tells the client's address.
   */
  readonly fetch: (request: Request, platform?: unknown) => Promise<Response>;
  /**
   * As `fetch`, but what no frontend and no route takes is left to somebody else: the result is then that of `unmatched`,
   * which finds the request unread.
   */
  readonly fetchOr: <Result>(
    request: Request,
    platform: unknown,
    unmatched: () => Promise<Result>,
  ) => Promise<Response | Result>;
  /** What would be done with the request, without doing it. With `trace`, why. */
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
}

/** Serves a Snapshot. */
export function createGateway(snapshot: Snapshot, options: GatewayOptions = {}): Gateway {
  const { dialers = [url()], entrance = 'external', node, zone, random = Math.random } = options;
  const addressOf = options.clientAddress ?? clientAddress;
  const { timeToFirstByte, report } = options;
  const proxy = createProxy({ dialers, timeToFirstByte, report });
  let current = snapshot;

  const factsOf = (request: Request, platform: unknown) =>
    requestFacts(request, { entrance, clientAddress: addressOf(request, platform), node, zone });

  async function answer<Result = never>(
    request: Request,
    platform: unknown,
    unmatched?: () => Promise<Result>,
  ): Promise<Response | Result> {
    const facts = factsOf(request, platform);
    const decision = decide(current, facts, { random });
    const isUnmatched = decision.outcome === 'respond' && decision.reason === 'NoMatchingRoute';
    return isUnmatched && unmatched ? unmatched() : proxy.handle(request, decision, facts);
  }

  return {
    fetch: (request, platform) => answer(request, platform),
    fetchOr: answer,
    decide: (request, platform, { trace = false } = {}) =>
      decide(current, factsOf(request, platform), { trace, random }),
    carryOut: (request, decision, platform) =>
      proxy.handle(request, decision, factsOf(request, platform)),
    snapshot: () => current,
    swap: (next) => {
      current = next;
    },
  };
}
