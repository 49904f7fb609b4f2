import { eligibleEndpoints, type Endpoint } from '@portolan/core';
import type { SnapshotService } from '@portolan/engine';

import type { GraphStatus } from '../graph/graph.ts';

/** What a part of the drawing says of how it fares. */
export interface Verdict {
  readonly status: GraphStatus;
  readonly reason?: string;
}

export const READY: Verdict = { status: 'ready' };

/** How a port of a Service fares, as an Ingress controller would find it. */
export function verdictOnPort(
  endpoints: readonly Endpoint[],
  { ipFamilies }: Pick<SnapshotService, 'ipFamilies'>,
): Verdict {
  if (endpoints.length === 0) return { status: 'notReady', reason: 'no endpoints' };
  const verdict = verdictOnReadiness(endpoints);
  const eligible = eligibleEndpoints(endpoints, { trafficPolicy: 'Cluster', families: ipFamilies });
  if (eligible.length === 0) return { status: 'notReady', reason: 'no endpoint is ready' };
  // Those that terminate may answer where no other does.
  return verdict.status === 'notReady' ? { ...verdict, status: 'partlyReady' } : verdict;
}

/** How endpoints fare by themselves. One that has an address in either family is one. */
export function verdictOnReadiness(endpoints: readonly Endpoint[]): Verdict {
  const keyOf = ({ target, address }: Endpoint): string => target?.name ?? address;
  const all = new Set(endpoints.map(keyOf)).size;
  const ready = new Set(endpoints.filter((endpoint) => endpoint.ready).map(keyOf)).size;
  if (ready === all) return READY;
  return { status: ready === 0 ? 'notReady' : 'partlyReady', reason: `${ready} of ${all} ready` };
}

/** How something fares that relies on several others: on any of them, where it is to answer at all. */
export function verdictOnAll(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts;
  if (first === undefined) return READY;
  if (verdicts.every(({ status }) => status === first.status)) return verdictOf(first);
  const worst = verdicts.find(({ status }) => status !== 'ready');
  const answers = verdicts.some(({ status }) => status === 'ready' || status === 'partlyReady');
  return verdictOf({ status: answers ? 'partlyReady' : 'notReady', reason: worst?.reason });
}

/** What one part says, for another that fares alike. */
export function verdictOf({
  status,
  reason,
}: {
  readonly status: GraphStatus;
  readonly reason?: string | undefined;
}): Verdict {
  return { status, ...(reason !== undefined && { reason }) };
}
