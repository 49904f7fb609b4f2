import type { Labels } from '../resources/meta.ts';
import { compareText } from '../resources/order.ts';
import type { Selector } from '../selector/selector.ts';

/** The way from a tree to one of its branches: a label with a value, or with any value at all (null). */
interface Step<Key> {
  readonly from: SelectorTree<Key>;
  readonly labelKey: string;
  readonly labelValue: string | null;
}

/**
 * Selectors, each at the end of a path whose steps are the labels it asks for, in ascending order of their keys.
 * Labels lead along every path that they have the labels for, and to no other.
 */
export interface SelectorTree<Key> {
  /** Absent at the root. */
  readonly step?: Step<Key>;
  /** By the key they were inserted with. */
  readonly selectors: Map<Key, Selector>;
  /** By key, then value. */
  readonly branches: Map<string, Map<string | null, SelectorTree<Key>>>;
}

export function createTree<Key>(step?: Step<Key>): SelectorTree<Key> {
  return { ...(step && { step }), selectors: new Map(), branches: new Map() };
}

/** Adds a selector, and says at which trees it ended up: one for each value where it asks for one of several. */
export function insert<Key>(
  tree: SelectorTree<Key>,
  key: Key,
  selector: Selector,
): readonly SelectorTree<Key>[] {
  let ends: readonly SelectorTree<Key>[] = [tree];
  for (const [labelKey, labelValues] of pathOf(selector)) {
    ends = ends.flatMap((from) =>
      labelValues.map((labelValue) => branch({ from, labelKey, labelValue })),
    );
  }
  for (const end of ends) end.selectors.set(key, selector);
  return ends;
}

/** Takes a selector from where `insert` put it, and with it every branch that leads nowhere any more. */
export function remove<Key>(ends: readonly SelectorTree<Key>[], key: Key): void {
  for (const end of ends) {
    end.selectors.delete(key);
    let tree = end;
    while (tree.step && tree.selectors.size === 0 && tree.branches.size === 0) {
      const { from, labelKey, labelValue } = tree.step;
      const siblings = from.branches.get(labelKey);
      siblings?.delete(labelValue);
      if (siblings?.size === 0) from.branches.delete(labelKey);
      tree = from;
    }
  }
}

/**
 * Every tree whose path the labels lead along. How many there can be depends on the number of labels, not on the
 * number of selectors: a path takes some of the labels, each by its value or by its key alone.
 */
export function reached<Key>(
  tree: SelectorTree<Key>,
  labels: Labels,
): readonly SelectorTree<Key>[] {
  const entries = Object.entries(labels);
  const trees = [tree];
  for (const { branches } of trees) {
    for (const [labelKey, labelValue] of entries) {
      const byValue = branches.get(labelKey);
      if (byValue === undefined) continue;
      const [withValue, withAny] = [byValue.get(labelValue), byValue.get(null)];
      if (withValue !== undefined) trees.push(withValue);
      if (withAny !== undefined) trees.push(withAny);
    }
  }
  return trees;
}

function branch<Key>(step: Step<Key>): SelectorTree<Key> {
  const { from, labelKey, labelValue } = step;
  const siblings = from.branches.get(labelKey) ?? new Map<string | null, SelectorTree<Key>>();
  from.branches.set(labelKey, siblings);
  const found = siblings.get(labelValue) ?? createTree(step);
  siblings.set(labelValue, found);
  return found;
}

/** A label that may have more values than this is followed by its key alone. */
const MOST_VALUES = 16;

/**
 * The labels that a selector can't do without, each with the values that will do. Only the first of those that may
 * have one of several values is given with them; the others may have any, so that a selector's paths don't multiply.
 */
function pathOf(selector: Selector): readonly (readonly [string, readonly (string | null)[]])[] {
  const path = new Map<string, readonly (string | null)[]>();
  for (const { key, operator, values } of selector) {
    if (operator === 'NotIn' || operator === 'DoesNotExist') continue;
    if (operator === 'In' && values.length <= MOST_VALUES) path.set(key, [...new Set(values)]);
    else if (!path.has(key)) path.set(key, [null]);
  }
  const steps = [...path].toSorted(([a], [b]) => compareText(a, b));
  const several = steps.findIndex(([, values]) => values.length > 1);
  return steps.map(([key, values], index) =>
    values.length > 1 && index > several ? [key, [null]] : [key, values],
  );
}
