import type { SnapshotSource, SnapshotUpdate } from './snapshot-source.ts';

/** Seconds for which each place keeps what it has read: the least that KV allows. */
const CACHE_TTL = 30;

interface Metadata {
  readonly version: string;
}

/** Reads what the control plane has put into KV: gzip of JSON. */
export function kvSource(namespace: KVNamespace): SnapshotSource {
  return {
    name: 'kv',
    latest: async (version) => {
      const { value, metadata } = await namespace.getWithMetadata<Metadata>('snapshot', {
        type: 'stream',
        cacheTtl: CACHE_TTL,
      });
      if (value === null) throw new Error('KV: there is no Snapshot');
      if (metadata?.version === version) {
        await value.cancel();
        return undefined;
      }
      const unzipped = value.pipeThrough(new DecompressionStream('gzip'));
      return new Response(unzipped).json<SnapshotUpdate>();
    },
  };
}
