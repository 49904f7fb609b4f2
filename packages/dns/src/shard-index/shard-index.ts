import type { Snapshot } from '@portolan/engine';

import type { RecordData } from '../answer/answer.ts';

type Services = Pick<Snapshot, 'services'>;

interface ShardIndex {
  readonly namespaces: ReadonlySet<string>;
  /** PTR records by the names of reverse zones. */
  readonly pointers: ReadonlyMap<string, readonly RecordData[]>;
}

/** A Snapshot that follows another shares the shards in which nothing changed, and these with them. */
const known = new WeakMap<Snapshot['services'][number], ShardIndex>();

/** Whether a namespace has a meaning in DNS: it has a Service, be it one without records. */
export function hasNamespace({ services }: Services, namespace: string): boolean {
  return services.some((shard) => indexOf(shard).namespaces.has(namespace));
}

/** The PTR records at a name of a reverse zone, in lower case. */
export function pointersAt({ services }: Services, name: string): readonly RecordData[] {
  return services.flatMap((shard) => indexOf(shard).pointers.get(name) ?? []);
}

function indexOf(shard: Snapshot['services'][number]): ShardIndex {
  let index = known.get(shard);
  if (index === undefined) {
    index = indexed(shard);
    known.set(shard, index);
  }
  return index;
}

function indexed(shard: Snapshot['services'][number]): ShardIndex {
  const namespaces = new Set<string>();
  const pointers = new Map<string, RecordData[]>();
  for (const { namespace, dnsRecords = [] } of Object.values(shard)) {
    namespaces.add(namespace);
    for (const record of dnsRecords) {
      if (record.type !== 'PTR') continue;
      const { name, ...data } = record;
      const there = pointers.get(name);
      if (there === undefined) pointers.set(name, [data]);
      else there.push(data);
    }
  }
  return { namespaces, pointers };
}
