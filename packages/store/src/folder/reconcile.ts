import { objectOf, readAuthored } from '../manifest-text/authored.ts';
import type { ObjectRef, StoredObject } from '../object/stored-object.ts';
import type { Write } from '../store/store.ts';
import type { FolderContent } from './content.ts';
import type { FileRecord, FileRecords, RecordChanges } from './records.ts';

/** What is to be written so that the store holds what the files say. */
export interface Reconciliation {
  readonly writes: readonly Write[];
  readonly records: RecordChanges;
}

/**
 * Compares what stands in the files with what is remembered to have stood there. What was written to the store meanwhile
 * stays where its manifest is as it was; what was not done to its file yet is left alone.
 */
export function reconcile(
  content: FolderContent,
  remembered: Pick<FileRecords, 'get' | 'all'>,
  get: (ref: ObjectRef) => StoredObject | undefined,
  make: { readonly uid: () => string; readonly now: () => string },
): Reconciliation {
  const writes: Write[] = [];
  const records = new Map<string, FileRecord | undefined>();
  const found = content.objects();
  for (const [key, { ref, file, authored }] of found) {
    const record = remembered.get(key);
    if (record?.before !== undefined) continue;
    if (record?.authored !== authored) {
      writes.push({ put: objectOf(readAuthored(authored), get(ref), make) });
    } else if (record.file === file) {
      continue;
    }
    records.set(key, { ref, file, authored });
  }
  for (const [key, { ref, file, authored, before }] of remembered.all()) {
    if (before !== undefined || authored === undefined || found.has(key)) continue;
    if (content.isFaulty(file, { kind: readAuthored(authored).kind, ref })) continue;
    writes.push({ delete: ref });
    records.set(key, undefined);
  }
  return { writes, records };
}
