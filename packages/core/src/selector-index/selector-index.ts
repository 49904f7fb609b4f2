import type { Labels } from '../resources/meta.ts';
import { compareText } from '../resources/order.ts';
import { matchesSelector } from '../selector/selector.ts';
import type { Selector } from '../selector/selector.ts';
import { createTree, insert, reached, remove } from './selector-tree.ts';
import type { SelectorTree } from './selector-tree.ts';

/**
 * Finds the selectors that match given labels without trying each of them: the Services of a Pod. The cost follows the
 * number of labels and of matches, not the number of selectors; only selectors that ask for no label at all are always
 * tried.
 *
 * A Service sees the Pods of its own namespace only, so keep one index for each namespace; and one with an empty
 * selector selects nothing, so leave it out.
 */
export class SelectorIndex<Key extends string> {
  readonly #tree = createTree<Key>();
  readonly #ends = new Map<Key, readonly SelectorTree<Key>[]>();

  /** Adds a selector, or replaces the one that has this key. */
  set(key: Key, selector: Selector): void {
    this.delete(key);
    this.#ends.set(key, insert(this.#tree, key, selector));
  }

  /** Whether there was a selector with this key. */
  delete(key: Key): boolean {
    remove(this.#ends.get(key) ?? [], key);
    return this.#ends.delete(key);
  }

  /** The keys of the selectors that match, in ascending order. */
  matching(labels: Labels): readonly Key[] {
    const keys: Key[] = [];
    for (const { selectors } of reached(this.#tree, labels)) {
      for (const [key, selector] of selectors) {
        if (matchesSelector(selector, labels)) keys.push(key);
      }
    }
    return keys.toSorted(compareText);
  }
}
