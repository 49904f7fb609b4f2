/** Keeps retries a small share of the traffic, so that they can't multiply the load on endpoints that are failing. */
export interface RetryBudget {
  /** A request came in that might be tried again. */
  readonly deposit: () => void;
  /** Takes what one retry costs; `false` where there isn't enough left. */
  readonly withdraw: () => boolean;
}

/** The share of requests that may be tried again, once the reserve is used up. */
const SHARE = 0.2;
/** Retries that are always to be had again after a quiet time; where there is little traffic, a share of it is nothing. */
const RESERVE = 10;
/** What can be saved up in good times. */
const MOST = 100;

/**
 * A token bucket filled by requests rather than by time: each gives a fifth of a retry. It counts what one isolate or process
 * sees. As gRPC's retry throttling (gRFC A6) and Finagle's retry budgets do.
 */
export function retryBudget(): RetryBudget {
  let left = RESERVE;
  return {
    deposit: () => {
      left = Math.min(MOST, left + SHARE);
    },
    withdraw: () => {
      // Fifths don't add up exactly.
      if (left < 1 - 1e-9) return false;
      left -= 1;
      return true;
    },
  };
}
