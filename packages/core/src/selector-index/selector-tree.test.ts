import { describe, expect, it } from 'vitest';

import { parseSelector } from '../selector/parse-selector.ts';
import { createTree, insert, reached, remove } from './selector-tree.ts';
import type { SelectorTree } from './selector-tree.ts';

const MANY = 10_000;

function plant(texts: readonly string[]): SelectorTree<string> {
  const tree = createTree<string>();
  for (const [index, text] of texts.entries()) insert(tree, `s${index}`, parseSelector(text));
  return tree;
}

/** How many trees, and how many selectors at them, a look-up visits. */
function visits(tree: SelectorTree<string>, labels: Readonly<Record<string, string>>) {
  const trees = [...reached(tree, labels)];
  return { trees: trees.length, selectors: trees.flatMap((each) => [...each.selectors]).length };
}

function series(write: (index: number) => string): readonly string[] {
  return Array.from({ length: MANY }, (_, index) => write(index));
}

describe('looking up the selectors of a Pod', () => {
  it('visits only its own among many Services of one application', () => {
    const tree = plant(series((i) => `app=app-${i},app.kubernetes.io/part-of=shop`));
    expect(visits(tree, { app: 'app-77', 'app.kubernetes.io/part-of': 'shop' })).toEqual({
      trees: 3,
      selectors: 1,
    });
  });

  it('does so wherever in the order of keys the shared label comes', () => {
    const tree = plant(series((i) => `app.kubernetes.io/part-of=shop,service=app-${i}`));
    expect(visits(tree, { 'app.kubernetes.io/part-of': 'shop', service: 'app-77' })).toEqual({
      trees: 3,
      selectors: 1,
    });
  });

  it('does so when half of the Services share the telling label as well', () => {
    const tree = plant(
      series((i) => `app.kubernetes.io/part-of=shop,service=${i % 2 === 0 ? 'big' : `app-${i}`}`),
    );
    expect(visits(tree, { 'app.kubernetes.io/part-of': 'shop', service: 'app-77' }).selectors).toBe(
      1,
    );
    expect(visits(tree, { 'app.kubernetes.io/part-of': 'shop', service: 'big' }).selectors).toBe(
      MANY / 2,
    );
  });

  it('does so when only a combination of common labels tells them apart', () => {
    const tree = plant(series((i) => `row=r${Math.floor(i / 100)},column=c${i % 100}`));
    expect(visits(tree, { row: 'r7', column: 'c7' })).toEqual({ trees: 3, selectors: 1 });
  });

  it('visits none for a Pod that has only the shared label', () => {
    const tree = plant(series((i) => `app.kubernetes.io/part-of=shop,service=app-${i}`));
    expect(visits(tree, { 'app.kubernetes.io/part-of': 'shop', other: 'x' }).selectors).toBe(0);
  });

  it('finds a selector that takes one of several values by each of them', () => {
    const tree = plant(series((i) => `part-of=shop,service in (a-${i},b-${i})`));
    for (const service of ['a-77', 'b-77']) {
      expect(visits(tree, { 'part-of': 'shop', service }).selectors).toBe(1);
    }
  });

  it('finds a selector that asks for a key, or for a range, by the key', () => {
    const tree = plant(series((i) => (i % 2 === 0 ? `part-of=shop,has-${i}` : `weight-${i}>5`)));
    expect(visits(tree, { 'part-of': 'shop', 'has-76': 'yes' }).selectors).toBe(1);
    expect(visits(tree, { 'weight-77': '9' }).selectors).toBe(1);
  });

  it('finds a selector that asks for a value and a range of one label by the value', () => {
    const tree = plant(series((i) => `weight=${i},weight<20000`));
    expect(visits(tree, { weight: '77' }).selectors).toBe(1);
  });

  it('visits every selector that asks for no label', () => {
    const tree = plant(['', '!a', 'b!=c', 'd=e']);
    expect(visits(tree, {}).selectors).toBe(3);
  });
});

describe('adding a selector', () => {
  it('follows the same path in whatever order its requirements come', () => {
    const tree = createTree<string>();
    const selector = parseSelector('a=1,b=2');
    const [end] = insert(tree, 'ab', selector);
    expect(insert(tree, 'ba', selector.toReversed())[0]).toBe(end);
  });

  it('makes one path for each value of one label, and no product of several', () => {
    const tree = createTree<string>();
    expect(insert(tree, 'k', parseSelector('a in (1,2,3),b in (1,2,3),c=1'))).toHaveLength(3);
  });

  it('makes one path when a label may have very many values', () => {
    const values = Array.from({ length: 1000 }, (_, index) => `v${index}`);
    const selector = parseSelector(`a in (${values.join()})`);
    expect(insert(createTree<string>(), 'k', selector)).toHaveLength(1);
  });
});

describe('taking selectors away', () => {
  it('leaves nothing of them behind', () => {
    const tree = createTree<string>();
    const shop = insert(tree, 'shop', parseSelector('a=1,b in (1,2),c=3'));
    const cart = insert(tree, 'cart', parseSelector('a=1,b=1'));
    remove(shop, 'shop');
    expect(visits(tree, { a: '1', b: '1', c: '3' })).toEqual({ trees: 3, selectors: 1 });
    remove(cart, 'cart');
    expect(tree).toEqual(createTree());
  });
});
