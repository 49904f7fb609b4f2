import type { SnapshotFeed } from '@portolan/control-plane';

import { snapshotStream } from './snapshot-stream.ts';

/** What of a KV namespace is needed. */
interface SnapshotKV {
  readonly put: (
    key: string,
    value: ReadableStream,
    options: { readonly metadata: { readonly version: string; readonly revision: number } },
  ) => Promise<void>;
}

/** The key of the last Snapshot: gzip of JSON, `{ revision, snapshot }`. */
const KEY = 'snapshot';

export interface KVPublisherOptions {
  readonly kv: SnapshotKV;
  readonly feed: Pick<SnapshotFeed, 'snapshot' | 'subscribe'>;
  readonly revision: () => number;
  /** Whether there is anything to publish. */
  readonly isInUse: () => boolean;
  /** Milliseconds between two writes at the least. */
  readonly interval: number;
  readonly warn: (message: string) => void;
}

/**
 * Keeps the last Snapshot in KV: the first change is written at once, those that follow within the interval together at its
 * end. What fails is tried again after it.
 *
 * @returns Ends it.
 */
export function publishToKV({
  kv,
  feed,
  revision,
  isInUse,
  interval,
  warn,
}: KVPublisherOptions): () => void {
  let written: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = async (): Promise<void> => {
    const snapshot = feed.snapshot();
    if (snapshot.version === written || !isInUse()) return;
    timer = setTimeout(next, interval);
    const at = revision();
    const zipped = snapshotStream(at, snapshot).pipeThrough(new CompressionStream('gzip'));
    try {
      await kv.put(KEY, zipped, { metadata: { version: snapshot.version, revision: at } });
      written = snapshot.version;
    } catch (error) {
      warn(`KV: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const next = (): void => {
    timer = undefined;
    void write();
  };
  const changed = (): void => {
    if (timer === undefined) void write();
  };

  const unsubscribe = feed.subscribe(changed);
  changed();
  return () => {
    unsubscribe();
    if (timer !== undefined) clearTimeout(timer);
  };
}
