import { describe, expect, it } from 'vitest';

import type { KubernetesObject } from '../resources/meta.ts';
import { compareByAge, compareByName } from './service-order.ts';

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
  it('of their names go by namespace first', () => {
    // A plain comparison of `namespace/name` would put `a-b/x` first, since `-` is before `/`.
    expect(sorted(compareByName, object('a-b/x'), object('a/y'), object('a/x'))).toEqual([
      'a/x',
      'a/y',
      'a-b/x',
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
});
