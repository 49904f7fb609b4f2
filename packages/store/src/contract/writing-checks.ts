import type { NewObject } from '../object/stored-object.ts';
import { ConflictError } from '../store/store.ts';
import { requireEqual, requireThrows } from './require.ts';
import { at, configMap, configMapRef, everythingIn, ingressClass, put } from './sample-objects.ts';
import type { StoreCheck } from './store-contract.ts';

/** Puts, deletes and what is expected of them. */
export function writingChecks(): readonly StoreCheck[] {
  const web = configMapRef('shop', 'web');
  return [
    {
      name: 'an object that was put is there, with the revision of its change',
      check: ({ store }) => {
        const before = store.revision();
        const object = configMap('shop', 'web', { a: '1' });
        const changes = store.commit(put(object));
        const kept = at(before + 1, object);
        const change = { type: 'ADDED', ref: web, object: kept, revision: before + 1 };
        requireEqual(changes, [change], 'changes');
        requireEqual(store.get(web), kept, 'the object');
        requireEqual(store.revision(), before + 1, 'the revision');
      },
    },
    {
      name: 'an object that is put again is changed, and what it was is told',
      check: ({ store }) => {
        const [added] = store.commit(put(configMap('shop', 'web', { a: '1' })));
        const [changed] = store.commit(put(configMap('shop', 'web', { a: '2' })));
        requireEqual(changed?.type, 'MODIFIED', 'type');
        requireEqual(changed?.previous, added?.object, 'what it was');
        requireEqual(changed?.object['data'], { a: '2' }, 'what it is');
        requireEqual(store.get(web), changed?.object, 'the object');
      },
    },
    {
      name: 'a deleted object is gone, and its last state has the revision of its deletion',
      check: ({ store }) => {
        const object = configMap('shop', 'web');
        const [added] = store.commit(put(object));
        const revision = store.revision() + 1;
        const changes = store.commit([{ delete: web }]);
        const gone = { type: 'DELETED', ref: web, object: at(revision, object), revision };
        requireEqual(changes, [{ ...gone, previous: added?.object }], 'changes');
        requireEqual(store.get(web), undefined, 'the object');
        requireEqual(store.list('configmaps'), [], 'the list');
      },
    },
    {
      name: 'deleting what isn’t there changes nothing',
      check: ({ store }) => {
        const before = store.revision();
        requireEqual(store.commit([{ delete: web }]), [], 'changes');
        requireEqual(store.revision(), before, 'the revision');
      },
    },
    {
      name: 'a put that differs in nothing but resourceVersion and the order of keys changes nothing',
      check: ({ store }) => {
        store.commit(put(configMap('shop', 'web', { a: '1', b: '2' })));
        const before = store.get(web);
        const { metadata, ...rest } = configMap('shop', 'web', { b: '2', a: '1' });
        const again = { metadata: { ...metadata, resourceVersion: '7' }, ...rest };
        requireEqual(store.commit(put(again)), [], 'changes');
        requireEqual(store.get(web), before, 'the object');
      },
    },
    {
      name: 'each write of a commit is a revision of its own, and sees those before it',
      check: ({ store }) => {
        const before = store.revision();
        const changes = store.commit([
          { put: configMap('shop', 'web', { a: '1' }), expected: 'absent' },
          { put: ingressClass('edge') },
          { put: configMap('shop', 'web', { a: '2' }), expected: before + 1 },
          { delete: web, expected: before + 3 },
          { put: configMap('shop', 'web', { a: '3' }), expected: 'absent' },
        ]);
        const types = ['ADDED', 'ADDED', 'MODIFIED', 'DELETED', 'ADDED'];
        requireEqual(
          changes.map(({ type }) => type),
          types,
          'types',
        );
        const revisions = types.map((_, index) => before + index + 1);
        requireEqual(
          changes.map(({ revision }) => revision),
          revisions,
          'revisions',
        );
        requireEqual(store.get(web), changes.at(-1)?.object, 'the object');
      },
    },
    {
      name: 'what is not as expected is a ConflictError with what is there, and nothing is written',
      check: ({ store }) => {
        store.commit(put(configMap('shop', 'web', { a: '1' }), configMap('shop', 'api')));
        const kept = everythingIn(store);
        const current = store.get(web);
        const revision = Number(current?.metadata.resourceVersion);
        const changed = configMap('shop', 'web', { a: '2' });
        const nothing = configMapRef('shop', 'nothing');
        for (const [write, ref, found] of [
          [{ put: changed, expected: 'absent' }, web, current],
          [{ put: changed, expected: revision - 1 }, web, current],
          [{ put: configMap('shop', 'nothing'), expected: revision }, nothing, undefined],
          [{ delete: web, expected: revision + 5 }, web, current],
          [{ delete: nothing, expected: revision }, nothing, undefined],
        ] as const) {
          const before = store.revision();
          const writes = [
            ...put(configMap('shop', 'new')),
            { delete: configMapRef('shop', 'api') },
            write,
          ];
          const error = requireThrows('ConflictError', () => store.commit(writes));
          if (error instanceof ConflictError) {
            requireEqual([error.ref, error.current], [ref, found], 'what it says');
          }
          requireEqual(store.revision(), before, 'the revision');
          requireEqual(everythingIn(store), kept, 'the objects');
        }
      },
    },
    {
      name: 'a kind that isn’t kept, and a namespace too many or too few, are refused before anything is written',
      check: ({ store }) => {
        const before = store.revision();
        const { namespace: _, ...metadata } = configMap('shop', 'web').metadata;
        const refused: readonly NewObject[] = [
          { ...configMap('shop', 'web'), kind: 'Gadget' },
          { ...configMap('shop', 'web'), metadata },
          {
            ...ingressClass('edge'),
            metadata: { ...ingressClass('edge').metadata, namespace: 'shop' },
          },
        ];
        for (const object of refused) {
          requireThrows('TypeError', () => store.commit(put(configMap('shop', 'other'), object)));
        }
        requireEqual(store.revision(), before, 'the revision');
        requireEqual(everythingIn(store), [], 'the objects');
      },
    },
    {
      name: 'what the writer does to its object afterwards changes nothing that is kept',
      check: ({ store }) => {
        const data = { a: '1' };
        store.commit(put(configMap('shop', 'web', data)));
        data.a = '2';
        requireEqual(store.get(web)?.['data'], { a: '1' }, 'what is kept');
      },
    },
    {
      name: 'a closed store takes no writes',
      check: ({ store }) => {
        store.close();
        requireThrows('UnavailableError', () => store.commit(put(configMap('shop', 'web'))));
        store.close();
      },
    },
  ];
}
