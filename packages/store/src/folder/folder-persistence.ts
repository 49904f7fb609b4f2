import { rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Diagnostic } from '@portolan/manifests';

import type { NewObject, ObjectRef, StoredObject } from '../object/stored-object.ts';
import type { Persistence } from '../persistence/persistence.ts';
import { refOf } from '../store/ref-of.ts';
import type { Change } from '../store/store.ts';
import type { FolderContent } from './content.ts';
import { objectsIn, planFiles, type FilePlan, type ObjectChange } from './plan.ts';
import { keyOf, type FileRecord, type RecordChanges } from './records.ts';
import { openState, replaceState, STATE_FOLDER, type FolderState } from './state.ts';
import { prepareFiles, type PreparedFiles } from './write-files.ts';

/** Keeps objects in a folder's files and beside them. */
export interface FolderPersistence extends Persistence {
  readonly records: () => FolderState['records'];
  /** Has `commit` write what was read in files: the files stay as they are. */
  readonly ingest: (records: RecordChanges, commit: () => void) => void;
  /** Does to the files what was kept but could not be done to them before, as where the process was killed. */
  readonly finish: (get: (ref: ObjectRef) => StoredObject | undefined) => void;
  /** What could not be done to the files. */
  readonly diagnostics: () => readonly Diagnostic[];
}

/** @param everything all objects of the store, to keep them anew where the state folder was removed */
export function folderPersistence(
  root: string,
  content: FolderContent,
  everything: () => { readonly objects: readonly StoredObject[]; readonly revision: number },
): FolderPersistence {
  let state = openState(root);
  const temporary = join(root, STATE_FOLDER, 'tmp');
  rmSync(temporary, { recursive: true, force: true });
  let ingested: RecordChanges | undefined;
  let faults: readonly Diagnostic[] = [];

  const plan = (changes: readonly ObjectChange[]): FilePlan =>
    planFiles(changes, {
      record: (key) => state.records.get(key),
      read: content.text,
      duplicate: content.duplicate,
    });

  const prepare = ({ texts }: FilePlan): PreparedFiles =>
    prepareFiles(temporary, new Map([...texts].map(([file, text]) => [join(root, file), text])));

  /** Once it is kept what is to be done, it is done, and kept that it is. */
  function commitFiles({ texts, records }: FilePlan, prepared: PreparedFiles): void {
    // What a person wrote into the same file meanwhile is still to be read.
    const known = [...texts].filter(([file]) => !content.isNews(file));
    const failed = prepared.commit();
    for (const [file, text] of known) if (!failed.has(join(root, file))) content.wrote(file, text);
    faults = [...failed].map(([file, error]) => notWritten(file, error));
    const done = new Map<string, FileRecord | undefined>();
    for (const [key, record] of records) {
      if (record && !failed.has(join(root, record.file))) done.set(key, settled(record));
    }
    saveRecords(done);
  }

  function saveRecords(records: RecordChanges): void {
    try {
      state.saveRecords(records);
    } catch {
      // It is looked at again when the folder is opened.
    }
  }

  /** The state folder may be removed with the folder, or by a person, and nothing may be lost with it. */
  function ensureState(): void {
    if (state.isThere()) return;
    const records = new Map(state.records.all());
    state.close();
    const replaced = replaceState(root);
    const { objects, revision } = everything();
    try {
      replaced.keep(objects.map(asAdded), revision, records);
    } catch (error) {
      replaced.close();
      throw error;
    }
    state = replaced;
  }

  return {
    records: () => state.records,
    load: () => state.load(),
    keep: (changes, revision) => {
      ensureState();
      if (ingested || changes.length === 0) {
        state.keep(changes, revision, ingested ?? new Map());
        ingested = ingested && new Map();
        return;
      }
      const planned = plan(lastOfEach(changes));
      const prepared = prepare(planned);
      try {
        state.keep(changes, revision, planned.records);
      } catch (error) {
        prepared.abandon();
        throw error;
      }
      if (planned.texts.size > 0) commitFiles(planned, prepared);
    },
    ingest: (records, commit) => {
      ensureState();
      ingested = records;
      try {
        commit();
        // What changed nothing in the store is remembered all the same.
        state.saveRecords(ingested);
      } finally {
        ingested = undefined;
      }
    },
    finish: (get) => {
      ensureState();
      const undone: ObjectChange[] = [];
      const done = new Map<string, FileRecord | undefined>();
      for (const [key, record] of state.records.all()) {
        if (record.before === undefined) continue;
        const { ref, file, before } = record;
        const found = objectsIn(file, content.text(file) ?? '').get(key) ?? '';
        // What is neither as it was nor as it is to be was written by a person since.
        if (found === before) undone.push(changeOf(ref, get(ref)));
        else done.set(key, settled(record));
      }
      saveRecords(done);
      faults = [];
      for (const change of undone) {
        try {
          const planned = plan([change]);
          commitFiles(planned, prepare(planned));
        } catch (error) {
          const file = state.records.get(keyOf(change.ref))?.file ?? '';
          faults = [...faults, notWritten(join(root, file), error)];
        }
      }
    },
    diagnostics: () => faults,
    close: () => state.close(),
  };
}

function lastOfEach(changes: readonly Change[]): readonly ObjectChange[] {
  const last = new Map(
    changes.map(({ ref, type, object }) => [
      keyOf(ref),
      changeOf(ref, type === 'DELETED' ? undefined : object),
    ]),
  );
  return [...last.values()];
}

function changeOf(ref: ObjectRef, object: NewObject | undefined): ObjectChange {
  return { ref, ...(object && { object }) };
}

/** Without what stood there before: it is certain now. A record of what was taken away goes. */
function settled({ ref, file, authored }: FileRecord): FileRecord | undefined {
  return authored === undefined ? undefined : { ref, file, authored };
}

function asAdded(object: StoredObject): Change {
  const revision = Number(object.metadata.resourceVersion);
  return { type: 'ADDED', ref: refOf(object), object, revision };
}

function notWritten(file: string, error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `can't be written, and is tried again: ${reason}`;
  return { severity: 'error', code: 'FileNotWritable', message, file, line: 1, column: 1 };
}
