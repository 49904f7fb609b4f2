import type { Entrance } from '@portolan/core';
import { decide, type Decision, type Snapshot } from '@portolan/engine';
import { createProxy, url, type Dialer } from '@portolan/proxy';

import { clientAddress } from '../connection/client-address.ts';
import { requestFacts } from './request-facts.ts';

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
}

/** A Snapshot that answers requests. */
export interface Gateway {
  /**
   * Answers one request.
   *
   * @param platform What the runtime passes along with the request; it tells the client's address.
   */
  readonly fetch: (request: Request, platform?: unknown) => Promise<Response>;
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
  const proxy = createProxy({ dialers });
  let current = snapshot;

  const factsOf = (request: Request, platform: unknown) =>
    requestFacts(request, { entrance, clientAddress: addressOf(request, platform), node, zone });
  const decideHere: Gateway['decide'] = (request, platform, { trace = false } = {}) =>
    decide(current, factsOf(request, platform), { trace, random });
  const carryOut: Gateway['carryOut'] = (request, decision, platform) =>
    proxy.handle(request, decision, factsOf(request, platform));

  return {
    fetch: (request, platform) => carryOut(request, decideHere(request, platform), platform),
    decide: decideHere,
    carryOut,
    snapshot: () => current,
    swap: (next) => {
      current = next;
    },
  };
}
