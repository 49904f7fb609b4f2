import { hash } from '../hash/hash.ts';
import type { Pool } from './allocation.ts';

type Taken = Pick<ReadonlySet<string>, 'has' | 'size'>;

/**
 * A value of the pool that is not taken, or `undefined` where there is none. Each key has its own order of going through the
 * pool, so that two keys that meet at one value seldom meet at the next; the static band comes last for all of them.
 */
export function findFree(pool: Pool, taken: Taken, key: string): string | undefined {
  const { size, staticBand } = pool;
  if (taken.size >= size) return undefined;
  return (
    findFreeBetween(pool, staticBand, size, taken, key) ??
    findFreeBetween(pool, 0, staticBand, taken, key)
  );
}

function findFreeBetween(
  pool: Pool,
  first: number,
  end: number,
  taken: Taken,
  key: string,
): string | undefined {
  const count = end - first;
  if (count === 0) return undefined;
  const stride = strideThrough(count, hash(key, 1));
  let offset = hash(key) % count;
  for (let tries = 0; tries < count; tries += 1) {
    const value = pool.valueAt(first + offset);
    if (!taken.has(value)) return value;
    offset = (offset + stride) % count;
  }
  return undefined;
}

/** A step width that visits each of `count` places before it comes back to the first one. */
function strideThrough(count: number, seed: number): number {
  let stride = 1 + (seed % count);
  while (greatestCommonDivisor(stride, count) !== 1) stride += 1;
  return stride;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
