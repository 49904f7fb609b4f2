/** Something with a height that would like to stand somewhere. */
export interface Wish {
  readonly height: number;
  /** Where its top would best be; absent: it doesn't matter. */
  readonly top?: number;
}

/**
 * Tops for things that stand one below the other, in the order given and at least `gap` apart, as near to their wishes as
 * that allows: the sum of the squared distances is the least there is.
 *
 * This is isotonic regression by pooling adjacent violators: where two would overlap they are moved together, and from then
 * on as one.
 */
export function spread(wishes: readonly Wish[], gap: number): readonly number[] {
  interface Pool {
    sum: number;
    weight: number;
    count: number;
  }
  const offsets: number[] = [];
  const pools: Pool[] = [];
  let offset = 0;
  for (const { height, top } of wishes) {
    offsets.push(offset);
    // What doesn't matter follows what is above it.
    const before = pools.at(-1);
    const weight = top === undefined ? 1e-6 : 1;
    const wish = top === undefined ? (before ? before.sum / before.weight : 0) : top - offset;
    pools.push({ sum: wish * weight, weight, count: 1 });
    offset += height + gap;
    for (;;) {
      const last = pools.at(-1);
      const previous = pools.at(-2);
      if (last === undefined || previous === undefined) break;
      if (previous.sum / previous.weight <= last.sum / last.weight) break;
      pools.pop();
      previous.sum += last.sum;
      previous.weight += last.weight;
      previous.count += last.count;
    }
  }
  const places = pools.flatMap(({ sum, weight, count }) =>
    Array.from({ length: count }, () => sum / weight),
  );
  return places.map((place, index) => place + (offsets[index] ?? 0));
}
