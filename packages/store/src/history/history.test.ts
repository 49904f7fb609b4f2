import { describe, expect, it } from 'vitest';

import type { NewObject } from '../object/stored-object.ts';
import { openStore } from '../store/open-store.ts';

const MEBIBYTE = 1024 * 1024;

function configMap(name: string, data: Readonly<Record<string, string>>): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'shop', uid: name, creationTimestamp: '2026-01-01T00:00:00Z' },
    data,
  };
}

/** How many changes a store knows after these writes. */
function known(data: (turn: number) => Readonly<Record<string, string>>, turns: number): number {
  const store = openStore();
  const first = store.revision();
  for (let turn = 0; turn < turns; turn += 1) store.commit([{ put: configMap('a', data(turn)) }]);
  const last = store.revision();
  let from = first;
  while (store.since(from) === undefined) from += 1;
  return last - from;
}

describe('the changes that are known', () => {
  it('are as many as there were, where they are small', () => {
    expect(known((turn) => ({ turn: `${turn}` }), 2000)).toBe(2000);
  });

  it('are fewer where they are large together, and one more is known at once', () => {
    const count = known((turn) => ({ a: `${turn}${'x'.repeat(MEBIBYTE)}` }), 100);
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(40);
  });

  it('are those of large objects that were deleted, too', () => {
    const store = openStore();
    const first = store.revision();
    for (let turn = 0; turn < 60; turn += 1) {
      store.commit([{ put: configMap('a', { a: `${turn}${'x'.repeat(MEBIBYTE)}` }) }]);
      store.commit([{ delete: { resource: 'configmaps', namespace: 'shop', name: 'a' } }]);
    }
    expect(store.since(first)).toBeUndefined();
    expect(store.since(store.revision() - 4)).toHaveLength(4);
  });
});
