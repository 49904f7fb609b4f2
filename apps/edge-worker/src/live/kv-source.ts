import type { SnapshotSource } from './snapshot-source.ts';
import { readUpdate } from './snapshot-update.ts';

/** Seconds for which each place keeps what it has read: the least that KV allows. */
const CACHE_TTL = 30;

/** What of a KV namespace is needed. */
interface SnapshotKV {
  readonly getWithMetadata: (
    key: string,
    options: { readonly type: 'stream'; readonly cacheTtl: number },
  ) => Promise<{ readonly value: ReadableStream | null; readonly metadata: unknown }>;
}

/** Reads what the control plane has put into KV: gzip of JSON, with its version beside it. */
export function kvSource(namespace: SnapshotKV): SnapshotSource {
  return {
    name: 'kv',
    latest: async (version) => {
      const { value, metadata } = await namespace.getWithMetadata('snapshot', {
        type: 'stream',
        cacheTtl: CACHE_TTL,
      });
      if (value === null) throw new Error('there is no Snapshot');
      if (versionOf(metadata) === version) {
        await value.cancel();
        return undefined;
      }
      return readUpdate(value.pipeThrough(new DecompressionStream('gzip')));
    },
  };
}

function versionOf(metadata: unknown): unknown {
  return typeof metadata === 'object' && metadata !== null && 'version' in metadata
    ? metadata.version
    : undefined;
}
