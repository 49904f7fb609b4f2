import { requireEqual } from './require.ts';
import {
  configMap,
  configMapRef,
  everythingIn,
  ingressClass,
  lease,
  put,
} from './sample-objects.ts';
import type { StoreCheck } from './store-contract.ts';

/** What is there when a store is opened again. */
export function keepingChecks(keeps: boolean): readonly StoreCheck[] {
  return [...revisionChecks(), ...(keeps ? keptChecks() : [])];
}

function revisionChecks(): readonly StoreCheck[] {
  return [
    {
      name: 'opened again, it gives out only revisions that it never gave before, and knows no changes before them',
      check: async ({ store, reopen }) => {
        const first = store.revision();
        store.commit(put(configMap('shop', 'a'), configMap('shop', 'b')));
        const last = store.revision();
        const later = Date.now() + 60_000;
        const again = await reopen({ now: () => later });
        requireEqual(again.revision() >= last, true, 'whether the revision fell');
        requireEqual(again.since(again.revision()), [], 'since it was opened');
        requireEqual(again.since(first), undefined, 'since the first');
        const [change] = again.commit(put(configMap('shop', 'c')));
        requireEqual(
          (change?.revision ?? 0) > last,
          true,
          'whether a revision was given out twice',
        );
      },
    },
    {
      name: 'a new store begins at the clock’s milliseconds, above any older store’s revisions',
      options: { now: () => 1_900_000_000_000 },
      check: ({ store }) => {
        requireEqual(store.revision() >= 1_900_000_000_000, true, 'whether it does');
      },
    },
  ];
}

function keptChecks(): readonly StoreCheck[] {
  return [
    {
      name: 'opened again, it holds what was written, and nothing that was deleted',
      check: async ({ store, reopen }) => {
        const managed = configMap('shop', 'managed', { key: 'value' });
        const managedFields = [
          { manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:data': { 'f:key': {} } } },
        ] as const;
        const renewTime = '2026-02-03T04:05:06.000007Z';
        store.commit(
          put(
            configMap('shop', 'a', { a: '1' }),
            configMap('shop', 'b'),
            ingressClass('edge'),
            lease('shop', 'worker', renewTime),
            { ...managed, metadata: { ...managed.metadata, managedFields, generation: 3 } },
          ),
        );
        store.commit([
          { delete: configMapRef('shop', 'b') },
          ...put(configMap('shop', 'a', { a: '2' })),
        ]);
        const kept = everythingIn(store);
        requireEqual(kept.length, 4, 'how many');
        const again = await reopen();
        requireEqual(everythingIn(again), kept, 'what is there');
        const third = await reopen();
        requireEqual(everythingIn(third), kept, 'what is there the third time');
      },
    },
    {
      name: 'the revision does not fall where the clock was set back, and nothing was written meanwhile',
      options: { now: () => 1_900_000_000_000 },
      check: async ({ store, reopen }) => {
        store.commit(put(configMap('shop', 'a')));
        const ahead = await reopen({ now: () => 1_900_000_900_000 });
        const revision = ahead.revision();
        const again = await reopen({ now: () => 1_600_000_000_000 });
        requireEqual(again.revision() >= revision, true, 'whether it is as high');
        requireEqual(everythingIn(again).length, 1, 'how many objects');
      },
    },
    {
      name: 'opened again, what is expected of an object is still its revision',
      check: async ({ store, reopen }) => {
        const [added] = store.commit(put(configMap('shop', 'a')));
        const again = await reopen();
        const write = { put: configMap('shop', 'a', { a: '2' }), expected: added?.revision ?? 0 };
        requireEqual(again.commit([write]).length, 1, 'changes');
      },
    },
  ];
}
