import { expose, labels, type Family } from './exposition.ts';

/** Counts, by the values of its labels. */
export interface Counter<Label extends string> {
  readonly add: (values: Readonly<Record<Label, number | string>>) => void;
  readonly text: () => string;
}

export function counter<Label extends string>(family: Omit<Family, 'type'>): Counter<Label> {
  const counts = new Map<string, number>();
  return {
    add: (values) => {
      const key = labels(values);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    text: () =>
      expose(
        { ...family, type: 'counter' },
        Array.from(counts, ([key, value]) => ({ labels: key, value })),
      ),
  };
}
