import type { ResolvedSettings } from '@portolan/settings';

/** What is under way at one endpoint, and how much may be, by the settings of the request that came last. */
export interface Load {
  requests: number;
  /** Those of the requests that wait for the first byte. */
  pending: number;
  maxRequests: number;
  maxPendingRequests: number;
}

export function idle(): Load {
  return { requests: 0, pending: 0, maxRequests: Infinity, maxPendingRequests: Infinity };
}

export function isFull({ requests, pending, maxRequests, maxPendingRequests }: Load): boolean {
  return requests >= maxRequests || pending >= maxPendingRequests;
}

/** One more request is under way. */
export function addRequest(
  load: Load,
  { maxRequests = Infinity, maxPendingRequests = Infinity }: ResolvedSettings,
): void {
  load.requests += 1;
  load.pending += 1;
  load.maxRequests = maxRequests;
  load.maxPendingRequests = maxPendingRequests;
}
