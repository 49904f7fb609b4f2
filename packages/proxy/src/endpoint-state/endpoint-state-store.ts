import type { EndpointStates } from '@portolan/balancing';
import type { Endpoint } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';
import type { ResolvedSettings } from '@portolan/settings';

/**
 * Keeps what is known of endpoints: in-flight requests, failures, ejections, health checks. One for each isolate or process.
 *
 * Nothing is kept of an endpoint that is idle, healthy and not ejected, and has not failed lately. An endpoint to which the
 * trial request after an ejection may be sent is available until `begin` is called for it: nobody should wait between a
 * decision and `begin`.
 */
export interface EndpointStateStore extends EndpointStates {
  /** A try at an endpoint begins. What it finds out must be told, and its end. */
  readonly begin: (
    /** `namespace/name:port`. */
    port: string,
    endpoint: Endpoint,
    settings: ResolvedSettings,
    /** All that may answer now: the share of those ejected is measured by them. */
    endpoints: readonly Endpoint[],
  ) => Attempt;
  /** What active checks found. An endpoint counts as healthy until it is found otherwise. */
  readonly setHealth: (port: string, endpoint: Endpoint, isHealthy: boolean) => void;
  /**
   * Forgets ports and endpoints that are not in the Snapshot: to be called when one is swapped. Requests under way are
   * counted to their end.
   */
  readonly retain: (snapshot: Pick<Snapshot, 'services'>) => void;
  /** Every endpoint of which something is kept, for metrics. */
  readonly list: () => readonly EndpointStatus[];
}

/** One try at an endpoint. What is told twice, or after the end, counts once. */
export interface Attempt {
  /** The first byte of an answer is there. Whether it is a failure all the same: 502, 503 and 504 are. */
  readonly answered: (status: number) => void;
  /** There was no answer: refused, broken, too late. */
  readonly failed: () => void;
  /** Nothing is under way any more; without `answered` or `failed` before, nothing was learned (the client left). */
  readonly ended: () => void;
}

/** What is known of one endpoint. */
export interface EndpointStatus {
  /** `namespace/name:port` of the Service. */
  readonly port: string;
  /** `address:port`, IPv6 in brackets. */
  readonly endpoint: string;
  /** Requests under way, and those of them that wait for the first byte. */
  readonly requests: number;
  readonly pending: number;
  /** Milliseconds since 1970; absent where it is not ejected. Once this has passed, a trial request decides. */
  readonly ejectedUntil?: number;
  /** Active checks fail. */
  readonly unhealthy: boolean;
}
