import type { Endpoint } from '@portolan/core';
import type { ResolvedSettings } from '@portolan/settings';

import { inUse, type Standing } from './ejection.ts';
import { endpointKey } from './endpoint-key.ts';
import { idle, type Load } from './load.ts';

/** What is known of one endpoint of a Service port. */
export interface EndpointState {
  readonly load: Load;
  standing: Standing;
  /** Active checks fail. */
  isUnhealthy: boolean;
}

/** What is known of a Service port. */
export interface PortState {
  /** By `address:port`. */
  readonly endpoints: Map<string, EndpointState>;
  /** How many of them are ejected. */
  ejected: number;
  nextTurn: number;
}

export function newEndpointState(): EndpointState {
  return { load: idle(), standing: inUse(), isUnhealthy: false };
}

/** Whether nothing is known of the endpoint that isn't known of a new one. */
export function isForgettable(
  { load, standing, isUnhealthy }: EndpointState,
  now: () => number,
): boolean {
  if (load.requests > 0 || isUnhealthy || standing.isEjected || standing.failures > 0) return false;
  return standing.forgivenAt === -Infinity || standing.forgivenAt <= now();
}

/** Gives the endpoint another standing, and keeps the port's count. */
export function setStanding(port: PortState, state: EndpointState, standing: Standing): void {
  port.ejected += Number(standing.isEjected) - Number(state.standing.isEjected);
  state.standing = standing;
}

/**
 * Whether the endpoint may be out without the share of `endpoints` that is out becoming too large. One that is alone never
 * may.
 */
export function mayBeEjected(
  port: PortState,
  state: EndpointState,
  endpoints: readonly Endpoint[],
  { ejectionMaxPercent }: ResolvedSettings,
): boolean {
  if (endpoints.length < 2) return false;
  const most = Math.floor((endpoints.length * ejectionMaxPercent) / 100);
  if (port.ejected - Number(state.standing.isEjected) < most) return true;
  // Some of those counted may be gone, or be among the endpoints for other clients only.
  let others = 0;
  for (const endpoint of endpoints) {
    if (others >= most) return false;
    const other = port.endpoints.get(endpointKey(endpoint));
    if (other !== state && other?.standing.isEjected) others += 1;
  }
  return others < most;
}
