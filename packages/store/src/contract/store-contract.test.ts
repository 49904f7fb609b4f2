import { describe, expect, it } from 'vitest';

import { openStore } from '../store/open-store.ts';
import type { Change, Store } from '../store/store.ts';
import { storeContract } from './store-contract.ts';

/** The clauses that a store breaks which is like one in memory but for something. */
async function broken(
  spoil: (store: Store) => Partial<Store>,
  keeps = false,
): Promise<readonly string[]> {
  const place = () => ({
    open: (options: Parameters<typeof openStore>[1]) => {
      const store = openStore(undefined, options);
      return { ...store, ...spoil(store) };
    },
  });
  const checks = storeContract({ place, keeps, many: 50 });
  const results = await Promise.all(
    checks.map(({ name, run }) =>
      run().then(
        () => [],
        () => [name],
      ),
    ),
  );
  return results.flat();
}

describe('the contract of stores', () => {
  it('is kept by a store in memory', async () => {
    expect(await broken(() => ({}))).toEqual([]);
  });

  it('has a sentence of its own for each clause', () => {
    const names = storeContract({ place: () => ({ open: () => openStore() }), keeps: true }).map(
      ({ name }) => name,
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('is broken by a store that forgets what it is to keep', async () => {
    expect(await broken(() => ({}), true)).toContain(
      'opened again, it holds what was written, and nothing that was deleted',
    );
  });

  const spoiled: readonly (readonly [clause: string, spoil: (store: Store) => Partial<Store>])[] = [
    [
      'lists are sorted by namespace, then name, whatever the order of the writes',
      ({ list }) => ({ list: (...given) => list(...given).toReversed() }),
    ],
    [
      'what is not as expected is a ConflictError with what is there, and nothing is written',
      ({ commit }) => ({ commit: (writes) => writes.flatMap((write) => commit([write])) }),
    ],
    [
      'changes too long ago are unknown, never some of them left out',
      ({ since }) => ({ since: (revision) => since(revision) ?? [] }),
    ],
    [
      'the changes since a revision are those after it, in order',
      ({ since }) => ({ since: (revision) => since(revision)?.slice(1) }),
    ],
    [
      'a put that differs in nothing but resourceVersion and the order of keys changes nothing',
      ({ commit, get }) => ({
        commit: (writes) => {
          const [write] = writes;
          const changes = commit(writes);
          if (changes.length > 0 || write === undefined || !('put' in write)) return changes;
          const { name, namespace = '' } = write.put.metadata;
          const object = get({ resource: 'configmaps', namespace, name });
          const ref = { resource: 'configmaps', namespace, name };
          return object ? [{ type: 'MODIFIED', ref, object, revision: 0 }] : [];
        },
      }),
    ],
    [
      'every listener is told of a commit once, in order, after it is kept and before it returns',
      ({ subscribe }) => ({
        subscribe: (listener) =>
          subscribe((changes) => changes.forEach((each) => listener([each, each]))),
      }),
    ],
    [
      'a listener that throws keeps nothing from the writer and the other listeners',
      ({ commit }) => {
        const listeners: ((changes: readonly Change[]) => void)[] = [];
        return {
          subscribe: (listener) => {
            listeners.push(listener);
            return () => {};
          },
          commit: (writes) => {
            const changes = commit(writes);
            for (const listener of listeners) listener(changes);
            return changes;
          },
        };
      },
    ],
    ['a closed store takes no writes', () => ({ close: () => {} })],
    [
      'opened again, it gives out only revisions that it never gave before, and knows no changes before them',
      ({ since }) => ({ since: (revision) => since(revision) ?? [] }),
    ],
    [
      'an object of a megabyte is kept, and a larger one too or refused as unavailable',
      ({ commit }) => ({
        commit: (writes) => {
          if (JSON.stringify(writes).length > 5_000_000) throw new RangeError('too large');
          return commit(writes);
        },
      }),
    ],
  ];
  it.each(spoiled)('is broken where it isn’t so that %s', async (clause, spoil) => {
    expect(await broken(spoil)).toContain(clause);
  });
});
