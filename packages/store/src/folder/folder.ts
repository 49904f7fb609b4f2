import { resolve } from 'node:path';

import type { Diagnostic } from '@portolan/manifests';

import { RESOURCE_TYPES } from '../resource-type/resource-type.ts';
import { openStore, type StoreOptions } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { folderContent } from './content.ts';
import { folderPersistence } from './folder-persistence.ts';
import { reconcile } from './reconcile.ts';
import { statsOf } from './stats-of.ts';
import { watchFolder } from './watch-folder.ts';

export interface FolderOptions extends StoreOptions {
  /** Makes the `uid` of an object whose manifest has none: `crypto.randomUUID` by default. */
  readonly uid?: () => string;
  /** Told what is wrong with the files, all of it, when it changes. Never before `openFolder` is done. */
  readonly onDiagnostics?: (diagnostics: readonly Diagnostic[]) => void;
  /** Milliseconds without a change that are waited for before the files are read again: 100 by default. */
  readonly settleTime?: number;
  /** Milliseconds after which the files are read again even if the system told of no change: 30 000 by default. */
  readonly rescanInterval?: number;
}

/** A store whose objects stand in files that people edit, too. */
export interface FolderStore extends Store {
  /** What is wrong with the files now. */
  readonly diagnostics: () => readonly Diagnostic[];
  /** Reads the files now, without waiting for the system to tell of a change. Never rejects. */
  readonly rescan: () => Promise<void>;
}

/** The longest that changes that don't end put off the next reading, as a multiple of the settle time. */
const PATIENCE = 10;

/**
 * Opens a folder of manifests as a store. What is edited there is in the store soon after; what is written to the store
 * stands in the files when `commit` returns. What has no place in manifests is kept in `.portolan` in the folder.
 *
 * @throws where there is no such folder, another store has it open, or what is kept in it can't be read.
 */
export async function openFolder(path: string, options: FolderOptions = {}): Promise<FolderStore> {
  const root = resolve(path);
  if (!isFolder(root)) throw new Error(`${path} is no folder`);
  const {
    now = Date.now,
    uid = () => crypto.randomUUID(),
    onDiagnostics,
    onListenerError,
  } = options;
  const { settleTime = 100, rescanInterval = 30_000 } = options;
  const make = { uid, now: () => new Date(now()).toISOString().replace(/\.\d+Z$/u, 'Z') };

  const content = folderContent(root);
  const persistence = folderPersistence(root, content, () => ({
    objects: RESOURCE_TYPES.flatMap(({ id }) => store.list(id)),
    revision: store.revision(),
  }));
  const store: Store = opened();
  let told: readonly Diagnostic[] = [];
  let ingestFault: readonly Diagnostic[] = [];
  let isClosed = false;

  function opened(): Store {
    try {
      return openStore(persistence, { ...options, now });
    } catch (error) {
      persistence.close();
      throw error;
    }
  }

  function ingest(): void {
    persistence.finish(store.get);
    const { writes, records } = reconcile(content, persistence.records(), store.get, make);
    if (records.size > 0) persistence.ingest(records, () => store.commit(writes));
  }

  async function scan(): Promise<void> {
    await content.read();
    // A folder that is gone says nothing about what was in it.
    if (isClosed || !isFolder(root)) return;
    try {
      ingest();
      ingestFault = [];
    } catch (error) {
      ingestFault = [notKept(path, error)];
    }
  }

  const diagnostics = (): readonly Diagnostic[] => [
    ...content.diagnostics(),
    ...persistence.diagnostics(),
    ...ingestFault,
  ];
  function tell(): void {
    const next = diagnostics();
    if (JSON.stringify(next) === JSON.stringify(told)) return;
    told = next;
    try {
      onDiagnostics?.(next);
    } catch (error) {
      onListenerError?.(error);
    }
  }

  let last = Promise.resolve();
  let waiting: Promise<void> | undefined;
  /** One after the other; who asks while one waits for its turn gets that one. */
  function rescan(): Promise<void> {
    waiting ??= scanAfter(last);
    last = waiting;
    return waiting;
  }
  async function scanAfter(before: Promise<void>): Promise<void> {
    await before;
    waiting = undefined;
    if (isClosed) return;
    await scan();
    if (!isClosed) tell();
  }

  await scan();
  told = diagnostics();
  const stopWatching = watchSettled(root, settleTime, content.isNews, () => void rescan());
  const timer = setInterval(() => void rescan(), rescanInterval);
  timer.unref();

  return {
    ...store,
    diagnostics,
    rescan,
    close: () => {
      isClosed = true;
      stopWatching();
      clearInterval(timer);
      store.close();
    },
  };
}

function isFolder(path: string): boolean {
  return statsOf(path)?.isDirectory() ?? false;
}

function notKept(file: string, error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `what changed is not taken over yet: ${reason}`;
  return { severity: 'error', code: 'StateNotKept', message, file, line: 1, column: 1 };
}

/** Calls when changes have come to an end, or don't come to one. */
function watchSettled(
  root: string,
  settleTime: number,
  isNews: (file: string) => boolean,
  onSettled: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let postponed = 0;
  const stop = watchFolder(root, (file) => {
    if (file !== undefined && !isNews(file)) return;
    if (timer && postponed >= PATIENCE) return;
    postponed = timer ? postponed + 1 : 0;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      onSettled();
    }, settleTime);
    timer.unref();
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
