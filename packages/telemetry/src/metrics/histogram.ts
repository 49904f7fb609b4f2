import { expose, labels, type Family, type Sample } from './exposition.ts';

/** How often values were how large, by the values of its labels. */
export interface Histogram<Label extends string> {
  readonly observe: (values: Readonly<Record<Label, string>>, value: number) => void;
  readonly text: () => string;
}

interface Series {
  /** How many values are in each bucket and in none of those before; last those above all bounds. */
  readonly counts: number[];
  sum: number;
}

/** @param bounds The largest value of each bucket, ascending. */
export function histogram<Label extends string>(
  family: Omit<Family, 'type'>,
  bounds: readonly number[],
): Histogram<Label> {
  const all = new Map<string, Series>();
  return {
    observe: (values, value) => {
      const key = labels(values);
      let series = all.get(key);
      if (series === undefined) {
        series = { counts: Array.from({ length: bounds.length + 1 }, () => 0), sum: 0 };
        all.set(key, series);
      }
      const fitting = bounds.findIndex((bound) => value <= bound);
      const bucket = fitting === -1 ? bounds.length : fitting;
      series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
      series.sum += value;
    },
    text: () =>
      expose(
        { ...family, type: 'histogram' },
        [...all].flatMap(([key, series]) => [...samples(key, series, bounds)]),
      ),
  };
}

function* samples(
  key: string,
  { counts, sum }: Series,
  bounds: readonly number[],
): Generator<Sample> {
  let below = 0;
  for (const [index, count] of counts.entries()) {
    below += count;
    const le = labels({ le: bounds[index] ?? '+Inf' });
    yield { suffix: '_bucket', labels: `${key},${le}`, value: below };
  }
  yield { suffix: '_sum', labels: key, value: sum };
  yield { suffix: '_count', labels: key, value: below };
}
