import { canonicalJSON, compareText } from '@portolan/core';

import type { DesiredState } from '../desired/desired-state.ts';
import type { Change, ChangeOf, CreatedID, FieldsOf, Kind } from './plan.ts';

/** Something that is there already, with the fields that the API tells of it. */
export interface Found {
  readonly id: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** All that is ours for one Service. */
export type Ours = Readonly<Record<Kind, readonly Found[]>>;

/** What points at others goes before them. */
const DELETION_ORDER = ['DNS record', 'load balancer', 'pool', 'monitor'] as const;

/**
 * The least that makes what is ours equal to what is desired, in an order in which every step leaves the host names served:
 * what is pointed at comes before what points at it, and goes after it.
 *
 * @param desired Absent: all that is ours goes.
 */
export function planChanges(desired: DesiredState | undefined, ours: Ours): readonly Change[] {
  const kept = new Set<Found | undefined>();
  const changes: Change[] = [];
  if (desired !== undefined) {
    const { monitor, pool, loadBalancer, records } = desired;
    const keptBalancer = pick(ours['load balancer'], { name: loadBalancer.name });
    const poolsInUse = keptBalancer?.fields['default_pools'];
    const keptPool = pick(ours.pool, { description: pool.description }, poolsInUse);
    // A monitor of another type is replaced: it would keep fields that its new type must not have.
    const keptMonitor = pick(ours.monitor, { type: monitor.type }, keptPool?.fields['monitor']);
    kept.add(keptBalancer).add(keptPool).add(keptMonitor);

    const poolID: string | CreatedID = keptPool?.id ?? { createdBefore: 'pool' };
    changes.push(
      ...change('monitor', monitor.description, keptMonitor, monitor),
      ...change('pool', pool.name, keptPool, {
        ...pool,
        monitor: keptMonitor?.id ?? { createdBefore: 'monitor' },
      }),
      ...change('load balancer', loadBalancer.name, keptBalancer, {
        ...loadBalancer,
        default_pools: [poolID],
        fallback_pool: poolID,
      }),
    );
    for (const record of records) {
      const keptRecord = pick(ours['DNS record'], { name: record.name });
      kept.add(keptRecord);
      changes.push(...change('DNS record', record.name, keptRecord, record));
    }
  }
  for (const kind of DELETION_ORDER) {
    for (const found of ours[kind]) {
      if (kept.has(found)) continue;
      changes.push({ action: 'delete', kind, name: found.name, id: found.id });
    }
  }
  return changes;
}

/** A creation whose answer was lost may have left two of a kind: the one in use is kept, else the one of the lowest id. */
function pick(
  found: readonly Found[],
  where: Readonly<Record<string, string>>,
  inUse?: unknown,
): Found | undefined {
  const matching = found
    .filter(({ fields }) => Object.entries(where).every(([key, value]) => fields[key] === value))
    .toSorted((a, b) => compareText(a.id, b.id));
  return matching.find(({ id }) => [inUse].flat().includes(id)) ?? matching[0];
}

function change<K extends Kind>(
  kind: K,
  name: string,
  found: Found | undefined,
  wanted: FieldsOf[K],
): readonly ChangeOf<K>[] {
  if (found === undefined) return [{ action: 'create', kind, name, fields: wanted }];
  const differing: Partial<FieldsOf[K]> = {};
  let isDifferent = false;
  for (const key in wanted) {
    if (canonicalJSON(wanted[key]) === canonicalJSON(found.fields[key])) continue;
    differing[key] = wanted[key];
    isDifferent = true;
  }
  return isDifferent ? [{ action: 'update', kind, name, id: found.id, fields: differing }] : [];
}
