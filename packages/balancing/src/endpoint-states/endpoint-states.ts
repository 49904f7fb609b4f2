import type { Endpoint } from '@portolan/core';

/**
 * Why an endpoint gets no more requests at the moment.
 *
 * - `Ejected`: it failed, and its time out is not over, or its trial request is under way.
 * - `Unhealthy`: active health checks fail.
 * - `Full`: it has as many requests as it may.
 */
export type Unavailability = 'Ejected' | 'Full' | 'Unhealthy';

/**
 * What is known of endpoints, where we run, beyond what manifests say. Read while a decision is made; whoever carries
 * decisions out keeps it.
 *
 * @param port The Service's port that an endpoint is asked about for: `namespace/name:port`. A Pod behind two Services
 *   has two states.
 */
export interface EndpointStates {
  readonly unavailability: (port: string, endpoint: Endpoint) => Unavailability | undefined;
  /** Requests under way. */
  readonly load: (port: string, endpoint: Endpoint) => number;
  /** Takes the next number for the port: 0, 1, 2 … */
  readonly nextTurn: (port: string) => number;
}

/** Nothing is known: every endpoint is available and idle, and it is always the first one's turn. */
export const NO_STATES: EndpointStates = {
  unavailability: () => undefined,
  load: () => 0,
  nextTurn: () => 0,
};
