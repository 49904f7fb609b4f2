import { applyDelta, type Snapshot } from '@portolan/engine';

import type { SnapshotSource } from './snapshot-source.ts';
import { checkSnapshot, type SnapshotUpdate } from './snapshot-update.ts';

/** Which Snapshot is served, and how fresh it is. */
export interface SnapshotStatus {
  readonly version: string;
  /** Who gave it: `bundled` until somebody gave another. */
  readonly source: SnapshotSource['name'] | 'bundled';
  /** When a source last said that there is nothing newer, in milliseconds since 1970; absent: none ever did. */
  readonly checkedAt?: number;
  /** Why the last check told nothing. */
  readonly failure?: string;
}

export interface LiveSnapshotOptions {
  readonly bundled: Snapshot;
  /** Asked in this order, until one answers. */
  readonly sources: readonly SnapshotSource[];
  /** Milliseconds between two checks. */
  readonly interval: number;
  /** Milliseconds that the first requests wait for a Snapshot newer than the bundled one; those after them never wait. */
  readonly firstWait: number;
  /** Asks for overrides, before Snapshots whose endpoints need them; by default there is nothing to ask. */
  readonly refreshOverrides?: () => Promise<void>;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly warn: (message: string) => void;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
}

/** The Snapshot that an isolate serves, kept current beside its requests. */
export interface LiveSnapshot {
  readonly snapshot: () => Snapshot;
  readonly status: () => SnapshotStatus;
  /**
   * Checks for a newer Snapshot where that is due, in the background.
   *
   * @param waitUntil Keeps the isolate running until the check has ended.
   * @returns What the first requests of an isolate wait for; `undefined` ever after.
   */
  readonly touch: (waitUntil: (promise: Promise<unknown>) => void) => Promise<void> | undefined;
}

/** Milliseconds after which a check has ended with the request that it was begun by. */
const GIVEN_UP = 15_000;

/** The last good Snapshot stays, whatever the sources say. */
export function liveSnapshot(options: LiveSnapshotOptions): LiveSnapshot {
  const { sources, interval, firstWait, onSnapshot, warn, now = Date.now } = options;
  let current = options.bundled;
  let revision = 0;
  let status: SnapshotStatus = { version: current.version, source: 'bundled' };
  /** Checks in a row that told nothing. */
  let failed = 0;
  let begun = -Infinity;
  let isChecking = false;
  /** What the first requests wait for, and until when. */
  let first: { readonly checked: Promise<void>; readonly until: number } | undefined;

  const take = (update: SnapshotUpdate, source: SnapshotSource['name']): void => {
    // KV may be behind what the control plane has told. The control plane itself knows best: it may have been set back.
    if (source === 'kv' && update.revision < revision) return;
    const next = 'delta' in update ? applyDelta(current, update.delta) : update.snapshot;
    if (next === undefined) throw new Error('a delta of another Snapshot');
    checkSnapshot(next);
    if (next.version !== current.version) swap(next);
    revision = update.revision;
  };

  /** What the gateway doesn't take is not what is served. */
  const swap = (next: Snapshot): void => {
    try {
      onSnapshot(next);
    } catch (error) {
      onSnapshot(current);
      throw error;
    }
    current = next;
  };

  const check = async (): Promise<void> => {
    const failures: string[] = [];
    await options
      .refreshOverrides?.()
      .catch((error: unknown) => warn(`overrides: ${String(error)}`));
    for (const source of sources) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- the next one is asked only where this one fails
        const update = await source.latest(current.version);
        if (update) take(update, source.name);
        status = { version: current.version, source: source.name, checkedAt: now() };
        failed = 0;
        return;
      } catch (error) {
        failures.push(`${source.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const failure = failures.join('; ');
    failed += 1;
    // One check that fails is no news.
    if (failed === 2) warn(`no newer Snapshot: ${failure}`);
    status = { ...status, failure };
  };

  return {
    snapshot: () => current,
    status: () => status,
    touch: (waitUntil) => {
      if (sources.length === 0) return undefined;
      const time = now();
      if (time - begun >= (isChecking ? GIVEN_UP : interval)) {
        begun = time;
        isChecking = true;
        const checked = check().finally(() => (isChecking = false));
        waitUntil(checked);
        first ??= { checked, until: time + firstWait };
      }
      if (first === undefined || status.source !== 'bundled' || time >= first.until)
        return undefined;
      return atMost(first.checked, first.until - time);
    },
  };
}

/** Waits, but not for ever: a check that another request began ends with that request. */
function atMost(promise: Promise<void>, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    void promise.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
