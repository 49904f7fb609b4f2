import type { PickContext } from '@portolan/balancing';
import { hash } from '@portolan/core';

/** Numbers in [0, 1) that look random, always the same ones. */
export function seeded(seed: number): () => number {
  let drawn = 0;
  return () => hash(String((drawn += 1)), seed) / 2 ** 32;
}

/** Everybody is available and idle, and turns are counted from 0. */
export function contextOf(parts: Partial<PickContext> = {}, seed = 1): PickContext {
  let turns = 0;
  return {
    random: seeded(seed),
    isAvailable: () => true,
    nextTurn: () => turns++,
    load: () => 0,
    ...parts,
  };
}
