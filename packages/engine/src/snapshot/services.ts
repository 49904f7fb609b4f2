import { compareText, hash, type ObjectKey } from '@portolan/core';

import type { ServiceShards, Snapshot, SnapshotService } from './snapshot.ts';

/** What a Snapshot, or a part of one, says of Services. */
type Services = Pick<Snapshot, 'services'>;

/** Finds a Service, at the same cost however many there are. */
export function findService({ services }: Services, key: ObjectKey): SnapshotService | undefined {
  return services[shardOf(key, services.length)]?.[key];
}

/** All Services, sorted by `namespace/name`. */
export function servicesOf({ services }: Services): readonly SnapshotService[] {
  return sorted(services.flatMap((shard) => Object.values(shard)));
}

/** Services as `Snapshot.services` has them: the same in any order. There must be one for each name. */
export function shardServices(services: readonly SnapshotService[]): ServiceShards {
  const shards = Array.from({ length: shardsFor(services.length) }, (): SnapshotService[] => []);
  for (const service of sorted(services)) {
    shards[shardOf(serviceKey(service), shards.length)]?.push(service);
  }
  return shards.map(recordOf);
}

/**
 * The Services after changes, the same as if all were sharded anew. Only the shards that are touched are copied, unless so
 * many were added or removed that the number of shards is another.
 *
 * @param changes By `namespace/name`; `undefined` takes a Service out.
 */
export function replaceServices(
  { services }: Services,
  changes: ReadonlyMap<string, SnapshotService | undefined>,
): ServiceShards {
  const growth = growthOf(services, changes);
  // Counting looks at all of them, so it is done only where there are more or fewer.
  if (growth !== 0 && shardsFor(countOf(services) + growth) !== services.length) {
    return shardServices([
      ...services.flatMap((shard) => without(shard, changes)),
      ...[...changes.values()].flatMap((service) => service ?? []),
    ]);
  }
  const replaced = [...services];
  for (const [index, touched] of Map.groupBy(changes, ([key]) => shardOf(key, services.length))) {
    const shard = services[index];
    if (shard === undefined) continue;
    const kept = without(shard, new Map(touched));
    replaced[index] = recordOf(sorted([...kept, ...touched.flatMap(([, each]) => each ?? [])]));
  }
  return replaced;
}

/** One Service as two Snapshots have it; absent where one has it not. */
export interface ServiceChange {
  readonly before?: SnapshotService;
  readonly after?: SnapshotService;
}

/**
 * The Services that aren't the very same object in both: all that changed, and perhaps some that only were made anew. Where
 * one Snapshot follows from the other by few changes, this looks at few.
 */
export function changedServices(before: Services, after: Services): readonly ServiceChange[] {
  const changes: ServiceChange[] = [];
  for (const service of besides(before.services, after.services)) {
    const now = findService(after, serviceKey(service));
    if (now !== service) changes.push({ before: service, ...(now && { after: now }) });
  }
  for (const service of besides(after.services, before.services)) {
    if (findService(before, serviceKey(service)) === undefined) changes.push({ after: service });
  }
  return changes;
}

/** The Services in all shards but those that the others have in the same place. */
function besides(shards: ServiceShards, others: ServiceShards): readonly SnapshotService[] {
  const isAlike = shards.length === others.length;
  return shards.flatMap((shard, index) =>
    isAlike && shard === others[index] ? [] : Object.values(shard),
  );
}

function growthOf(services: ServiceShards, changes: ReadonlyMap<string, unknown>): number {
  let growth = 0;
  for (const [key, service] of changes) {
    const isThere = Object.hasOwn(services[shardOf(key, services.length)] ?? {}, key);
    growth += Number(service !== undefined) - Number(isThere);
  }
  return growth;
}

function countOf(services: ServiceShards): number {
  return services.reduce((count, shard) => count + Object.keys(shard).length, 0);
}

function without(
  shard: ServiceShards[number],
  keys: ReadonlyMap<string, unknown>,
): readonly SnapshotService[] {
  return Object.values(shard).filter((service) => !keys.has(serviceKey(service)));
}

/** `namespace/name`. */
export function serviceKey({ namespace, name }: SnapshotService): ObjectKey {
  return `${namespace}/${name}`;
}

function sorted(services: readonly SnapshotService[]): readonly SnapshotService[] {
  return services.toSorted((a, b) => compareText(serviceKey(a), serviceKey(b)));
}

function recordOf(services: readonly SnapshotService[]): ServiceShards[number] {
  return Object.fromEntries(services.map((service) => [serviceKey(service), service]));
}

/** How many Services a shard holds on average, at most. */
const SHARD_SIZE = 32;

/** A power of two, so that shards are split in two; none where there is no Service. */
function shardsFor(count: number): number {
  let shards = Math.min(count, 1);
  while (shards * SHARD_SIZE < count) shards *= 2;
  return shards;
}

function shardOf(key: string, shards: number): number {
  return shards > 1 ? hash(key) & (shards - 1) : 0;
}
