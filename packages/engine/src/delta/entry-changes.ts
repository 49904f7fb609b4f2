import { compareText } from '@portolan/core';

import { isSameJSON } from '../snapshot/same-json.ts';
import type { EntryChanges } from './snapshot-delta.ts';

/** What makes one record of another. */
export function recordChanges<Value>(
  from: Readonly<Record<string, Value>>,
  to: Readonly<Record<string, Value>>,
): EntryChanges<Value> {
  if (from === to) return { changed: {}, removed: [] };
  return {
    changed: Object.fromEntries(
      Object.entries(to).filter(([key, value]) => !isSameJSON(value, from[key])),
    ),
    removed: Object.keys(from).filter((key) => !Object.hasOwn(to, key)),
  };
}

/** The record with changes, sorted by key. */
export function withChanges<Value>(
  record: Readonly<Record<string, Value>>,
  changes: EntryChanges<Value> | undefined,
): Readonly<Record<string, Value>> {
  if (changes === undefined) return record;
  const entries = new Map(Object.entries(record));
  for (const key of changes.removed) entries.delete(key);
  for (const [key, value] of Object.entries(changes.changed)) entries.set(key, value);
  return Object.fromEntries([...entries].toSorted(([a], [b]) => compareText(a, b)));
}

export function isEmpty({ changed, removed }: EntryChanges<unknown>): boolean {
  return removed.length === 0 && Object.keys(changed).length === 0;
}
