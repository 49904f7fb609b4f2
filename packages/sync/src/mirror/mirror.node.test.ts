import { canonicalJSON } from '@portolan/core';
import type { NewObject } from '@portolan/store';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createMirror, type Mirror } from './mirror.ts';

function service(name: string, port: number): NewObject {
  const metadata = { name, namespace: 'shop', uid: '', creationTimestamp: '' };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port }] } };
}

function mirrorOf(steps: readonly (readonly [name: string, port: number])[]): Mirror {
  const mirror = createMirror(() => undefined);
  for (const [name, port] of steps) mirror.set(name, port === 0 ? [] : [service(name, port)]);
  return mirror;
}

const NAMES = ['a', 'b', 'c', 'd'] as const;

const step = fc.tuple(fc.constantFrom(...NAMES), fc.nat(3));

describe('what a target is to hold', () => {
  it('has the same digest whatever the way there, and another where it is another', () => {
    /** Ports by name; 0 where there is nothing. */
    const endOf = (
      steps: readonly (readonly [string, number])[],
    ): Readonly<Record<string, number>> =>
      Object.fromEntries([...NAMES.map((name) => [name, 0] as const), ...steps]);
    fc.assert(
      fc.property(fc.array(step), fc.array(step), (some, others) => {
        const isSame = canonicalJSON(endOf(some)) === canonicalJSON(endOf(others));
        expect(mirrorOf(some).digest() === mirrorOf(others).digest()).toBe(isSame);
      }),
      {
        examples: [
          [
            [['a', 1]],
            [
              ['b', 1],
              ['a', 2],
              ['b', 0],
              ['a', 1],
            ],
          ],
        ],
      },
    );
  });

  it('is reached by the changes that were taken, one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step)), (batches) => {
        const mirror = createMirror(() => undefined);
        const held = new Map<string, string>();
        for (const batch of batches) {
          for (const [name, port] of batch)
            mirror.set(name, port === 0 ? [] : [service(name, port)]);
          for (const { ref, text } of mirror.takeChanges().lines) {
            if ('put' in JSON.parse(text)) held.set(ref.name, text);
            else held.delete(ref.name);
          }
        }
        const all = mirror.all().lines.map(({ ref, text }) => [ref.name, text] as const);
        expect(held).toEqual(new Map(all));
        expect(mirror.hasMarks()).toBe(false);
      }),
    );
  });

  it('is told of changes only where there are any', () => {
    let changes = 0;
    const mirror = createMirror(() => (changes += 1));
    mirror.set('cart', [service('cart', 80)]);
    mirror.set('cart', [service('cart', 80)]);
    mirror.set('nobody', []);
    expect(changes).toBe(1);
    mirror.set('cart', []);
    expect(changes).toBe(2);
    expect(mirror.size()).toBe(0);
  });

  it('says what is gone', () => {
    const mirror = mirrorOf([['cart', 80]]);
    mirror.clearMarks();
    mirror.set('cart', []);
    expect(mirror.takeChanges().lines.map(({ text }) => JSON.parse(text))).toEqual([
      { delete: { resource: 'services', namespace: 'shop', name: 'cart' } },
    ]);
  });

  it('holds what objects of the same origin have become, and no more', () => {
    const mirror = createMirror(() => undefined);
    mirror.set('one', [service('a', 1), service('b', 1)]);
    mirror.set('one', [service('b', 1), service('c', 1)]);
    expect(mirror.all().lines.map(({ ref }) => ref.name)).toEqual(['b', 'c']);
  });
});
