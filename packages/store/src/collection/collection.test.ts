import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { StoredObject } from '../object/stored-object.ts';
import { createCollection } from './collection.ts';

const step = fc.record({
  namespace: fc.constantFrom('', 'a', 'a-b', 'ä'),
  name: fc.constantFrom('a', 'a-b', 'a.b', 'aa', 'b', 'Z', '𝒂', '\uFFFF'),
  there: fc.boolean(),
  list: fc.constantFrom('all', 'one', 'nothing'),
});

function object(namespace: string, name: string, uid: string): StoredObject {
  const metadata = { namespace, name, uid, creationTimestamp: '', resourceVersion: '' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata };
}

describe('a collection', () => {
  it('lists what is in it in the order of UTF-16 code units, whenever it was listed before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const collection = createCollection();
        const oracle = new Map<string, StoredObject>();
        for (const [index, { namespace, name, there, list }] of steps.entries()) {
          const next = there ? object(namespace, name, String(index)) : undefined;
          collection.set(namespace, name, next);
          if (next) oracle.set(`${namespace}\0${name}`, next);
          else oracle.delete(`${namespace}\0${name}`);
          expect(collection.get(namespace, name)).toBe(next);
          const sorted = [...oracle]
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([, each]) => each);
          if (list === 'nothing') continue;
          const own = sorted.filter(
            (each) => list === 'all' || each.metadata.namespace === namespace,
          );
          expect(collection.list(list === 'all' ? undefined : namespace)).toEqual(own);
        }
      }),
    );
  });

  it('gives the same list again where nothing changed', () => {
    const collection = createCollection();
    collection.set('a', 'x', object('a', 'x', '1'));
    collection.set('b', 'x', object('b', 'x', '2'));
    expect(collection.list()).toBe(collection.list());
    expect(collection.list('a')).toBe(collection.list('a'));
  });
});
