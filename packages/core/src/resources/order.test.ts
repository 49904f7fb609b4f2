import { describe, expect, it } from 'vitest';

import type { KubernetesObject } from './meta.ts';
import { compareByAge, compareByName, compareText } from './order.ts';

function object(key: string, creationTimestamp?: string): KubernetesObject {
  const [namespace, name = ''] = key.split('/');
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name, creationTimestamp } };
}

function sorted(
  compare: (a: KubernetesObject, b: KubernetesObject) => number,
  ...objects: readonly KubernetesObject[]
): readonly string[] {
  return objects
    .toSorted(compare)
    .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
}

describe('objects in order', () => {
  it('of their names go by `namespace/name` as one text, in which `-` is before `/`', () => {
    expect(sorted(compareByName, object('a/y'), object('a-b/x'), object('a/x'))).toEqual([
      'a-b/x',
      'a/x',
      'a/y',
    ]);
  });

  it('of their age have the oldest first, whatever the time zone, and those without a time last', () => {
    expect(
      sorted(
        compareByAge,
        object('a/none'),
        object('a/new', '2024-03-01T12:00:00Z'),
        object('a/old', '2024-03-01T13:00:00+02:00'),
        object('a/also-none'),
      ),
    ).toEqual(['a/old', 'a/new', 'a/also-none', 'a/none']);
  });

  it('of one age go by name, and an absent namespace is `default`', () => {
    const time = '2024-03-01T12:00:00Z';
    const bare: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'b', creationTimestamp: time },
    };
    expect(compareByAge(object('default/a', time), bare)).toBeLessThan(0);
    expect(compareByAge(object('e/a', time), bare)).toBeGreaterThan(0);
    expect(compareByAge(object('default/b', time), bare)).toBe(0);
  });

  it('are of one age where the time is one, however it is written, or can’t be read', () => {
    const [utc, offset] = ['2024-03-01T12:00:00Z', '2024-03-01T14:00:00+02:00'];
    expect(sorted(compareByAge, object('a/y', utc), object('a/x', offset))).toEqual(['a/x', 'a/y']);
    expect(sorted(compareByAge, object('a/y'), object('a/x', 'today'))).toEqual(['a/x', 'a/y']);
  });
});

it('text is in the order of its code units, whatever a locale says', () => {
  expect(['b', 'a', 'Z', 'ä', 'a'].toSorted(compareText)).toEqual(['Z', 'a', 'a', 'b', 'ä']);
});
