import { hash } from '@portolan/core';

import type { Snapshot } from './snapshot.ts';

/**
 * What a part of a Snapshot, or an entry of one, adds to the version: 64 bits of hash, as two halves. Sums are the same in
 * any order, and an entry that goes is subtracted, so that a change costs no more than what changes.
 */
export type Share = readonly [number, number];

export const NO_SHARE: Share = [0, 0];

/** The share of one entry. That of a part that is no record has an empty key. */
export function shareOf(part: keyof Snapshot, key: string, value: unknown): Share {
  const text = `${part} ${key} ${JSON.stringify(value)}`;
  return [hash(text, 0), hash(text, 1)];
}

/** The shares of all entries of a record, together. */
export function sharesOf(part: keyof Snapshot, record: Readonly<Record<string, unknown>>): Share {
  let sum = NO_SHARE;
  for (const [key, value] of Object.entries(record)) sum = plus(sum, shareOf(part, key, value));
  return sum;
}

export function plus([a, b]: Share, [c, d]: Share): Share {
  return [(a + c) >>> 0, (b + d) >>> 0];
}

export function minus([a, b]: Share, [c, d]: Share): Share {
  return [(a - c) >>> 0, (b - d) >>> 0];
}

export function isSameShare([a, b]: Share, [c, d]: Share): boolean {
  return a === c && b === d;
}

/** The sum of all shares as `Snapshot.version` has it. */
export function formatVersion(sum: Share): string {
  return sum.map((half) => half.toString(16).padStart(8, '0')).join('');
}
