import { CARDS } from '../../protocol/chart.ts';
import type { Fits } from './words.ts';

/** The first ones that fit, each once, as many as are drawn. It looks no further than it has to. */
export function choose<Item>(
  items: Iterable<Item>,
  idOf: (item: Item) => string,
  fits: (item: Item) => boolean,
): readonly Item[] {
  const chosen = new Map<string, Item>();
  for (const item of items) {
    if (chosen.size === CARDS) break;
    const id = idOf(item);
    if (!chosen.has(id) && fits(item)) chosen.set(id, item);
  }
  return [...chosen.values()];
}

/** Whether what is said on a card fits. */
export function saidFits(
  fits: Fits,
  { title, lines }: { readonly title: string; readonly lines: readonly string[] },
  ...more: readonly string[]
): boolean {
  return fits([title, ...lines, ...more].join(' '));
}
