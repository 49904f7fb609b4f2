import { hash } from '@portolan/core';

import type { Candidates } from '../candidates/candidates.ts';

/**
 * The number of entries: a prime, so that every step through the table meets every entry. The smaller one takes a few
 * milliseconds to fill, which matters on Workers, and gives some 32 entries to each of 512 endpoints: no two of one weight
 * differ by more than about 3 %. There are only two sizes, since most keys move from one to the other.
 */
export function tableSize(endpoints: number): number {
  return endpoints <= 512 ? 16_381 : 131_071;
}

interface Taker {
  readonly index: number;
  readonly weight: number;
  readonly step: number;
  /** The entry to be tried next. */
  entry: number;
  taken: number;
}

/**
 * Which endpoint each remainder of a key's hash belongs to, by its index. In rounds, each endpoint takes the next free entry
 * in an order of its own: the one of the largest weight in every round, the others as often as their weights say. Everybody
 * takes one in the first round.
 *
 * Source: Eisenbud et al., Maglev: A Fast and Reliable Software Network Load Balancer, 2016, section 3.4.
 */
export function maglevTable({
  names,
  weights,
}: Pick<Candidates, 'names' | 'weights'>): Uint16Array {
  const size = tableSize(names.length);
  const table = new Uint16Array(size);
  const isTaken = new Uint8Array(size);
  const largest = weights.reduce((a, b) => Math.max(a, b), 0);
  const rounds = new Map([[0, takersOf(names, weights, size)]]);
  let free = size;
  for (let round = 0; free > 0; round += 1) {
    for (const taker of rounds.get(round)?.slice(0, free) ?? []) {
      while (isTaken[taker.entry]) taker.entry = (taker.entry + taker.step) % size;
      isTaken[taker.entry] = 1;
      table[taker.entry] = taker.index;
      free -= 1;
      taker.taken += 1;
      const next = Math.ceil((taker.taken * largest) / taker.weight);
      const others = rounds.get(next);
      if (others === undefined) rounds.set(next, [taker]);
      else others.push(taker);
    }
    rounds.delete(round);
  }
  return table;
}

/** In the order of their names. */
function takersOf(names: readonly string[], weights: readonly number[], size: number): Taker[] {
  return names
    .map((name, index) => ({ name, index, weight: weights[index] ?? 0 }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, index, weight }) => ({
      index,
      weight,
      step: 1 + (hash(name, 1) % (size - 1)),
      entry: hash(name) % size,
      taken: 0,
    }));
}
