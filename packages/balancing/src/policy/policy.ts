import type { Endpoint } from '@portolan/core';

/** What a policy may go by besides the endpoints. */
export interface PickContext {
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Whether an endpoint may be sent one more request. Asked for as few endpoints as the policy can do with. */
  readonly isAvailable: (endpoint: Endpoint) => boolean;
  /** Takes the next number: 0, 1, 2 …, counted for each Service port, where we run. */
  readonly nextTurn: () => number;
  /** How many requests are under way at an endpoint, from where we run. */
  readonly load: (endpoint: Endpoint) => number;
  /** The text that hashing goes by; absent where the request has none: then the pick is random. */
  readonly hashKey?: string;
}

/**
 * A way to choose one of several endpoints. Weights (`Endpoint.weight`, 1 by default) are shares: of two endpoints with
 * weights 3 and 1 the first is chosen three times as often. One with weight 0 is chosen only where every available one
 * has weight 0.
 *
 * Nothing is remembered here: what a policy has to know of before is handed in, and counts only what one isolate or
 * process has seen.
 */
export interface Policy {
  /** As in `portolan.dev/load-balancing`. */
  readonly name: PolicyName;
  /**
   * @param endpoints Those that may answer, in a fixed order. The array's identity may be used for caching.
   * @returns `undefined` where none is available.
   */
  readonly pick: (endpoints: readonly Endpoint[], context: PickContext) => Endpoint | undefined;
}

export type PolicyName = 'LeastRequests' | 'Maglev' | 'Random' | 'RendezvousHash' | 'RoundRobin';
