import { requireEqual, requireThrows } from './require.ts';
import {
  configMap,
  configMapRef,
  everythingIn,
  ingressClass,
  namesOf,
  put,
} from './sample-objects.ts';
import type { StoreCheck } from './store-contract.ts';

/** Lists, and what may be in an object. */
export function readingChecks(): readonly StoreCheck[] {
  return [
    {
      name: 'a new store is empty',
      check: ({ store }) => {
        requireEqual(everythingIn(store), [], 'the objects');
        requireEqual(store.list('configmaps', 'shop'), [], 'those of a namespace');
        requireEqual(store.get(configMapRef('shop', 'web')), undefined, 'an object');
      },
    },
    {
      name: 'lists are sorted by namespace, then name, whatever the order of the writes',
      check: ({ store }) => {
        const names = ['b', 'a-b', 'a', 'a1', 'aa', 'a.b'];
        store.commit(put(...names.map((name) => configMap('shop', name))));
        store.commit(put(configMap('shop-2', 'x'), configMap('a', 'z'), ingressClass('edge')));
        requireEqual(
          namesOf(store.list('configmaps')),
          ['a/z', 'shop/a', 'shop/a-b', 'shop/a.b', 'shop/a1', 'shop/aa', 'shop/b', 'shop-2/x'],
          'all',
        );
        requireEqual(namesOf(store.list('configmaps', 'shop-2')), ['shop-2/x'], 'a namespace');
        requireEqual(store.list('configmaps', 'nothing'), [], 'a namespace without objects');
        requireEqual(
          namesOf(store.list('ingressclasses.networking.k8s.io')),
          ['/edge'],
          'no namespace',
        );
        requireEqual(
          namesOf(store.list('ingressclasses.networking.k8s.io', '')),
          ['/edge'],
          'none',
        );
        store.commit([{ delete: configMapRef('shop', 'a1') }, ...put(configMap('shop', 'a0'))]);
        requireEqual(
          namesOf(store.list('configmaps', 'shop')),
          ['shop/a', 'shop/a-b', 'shop/a.b', 'shop/a0', 'shop/aa', 'shop/b'],
          'after a change',
        );
      },
    },
    {
      name: 'a list that was given stays as it was',
      check: ({ store }) => {
        store.commit(put(configMap('shop', 'a'), configMap('shop', 'b')));
        const [all, some] = [store.list('configmaps'), store.list('configmaps', 'shop')];
        const before = JSON.stringify([all, some]);
        store.commit([{ delete: configMapRef('shop', 'a') }, ...put(configMap('shop', 'c'))]);
        store.list('configmaps');
        requireEqual(JSON.stringify([all, some]), before, 'the lists');
      },
    },
    {
      name: 'values of any script are kept as they are, line ends and all',
      check: async ({ store, reopen }) => {
        const data = {
          greek: 'Ἀθῆναι',
          emoji: '👩‍🚀 🏳️‍🌈',
          quotes: `it's "quoted" \\ {{ }} # no comment: no key`,
          lines: 'one\n\n  two\r\nthree\n',
          blank: '  ',
          control: '\u0007 \u0085 \u2028 \uFEFF',
          number: '0123',
          boolean: 'yes',
          null: '~',
        };
        const annotations = { 'example.com/note': '地図\t\n---\n...' };
        const object = configMap('shop', 'web', data);
        store.commit(put({ ...object, metadata: { ...object.metadata, annotations } }));
        const kept = store.get(configMapRef('shop', 'web'));
        requireEqual([kept?.['data'], kept?.metadata.annotations], [data, annotations], 'values');
        const again = await reopen();
        const reread = again.get(configMapRef('shop', 'web')) ?? kept;
        requireEqual(reread, kept, 'values after opening it again');
      },
    },
    {
      name: 'names that no Kubernetes object has are kept apart, or refused with nothing written',
      check: ({ store }) => {
        const names = ['\u00e4', '\u00c4', 'a\u0308', 'a/b', '..', 'a\u0000b', 'a"b\'c', '名前'];
        for (const name of names) {
          const before = store.revision();
          try {
            store.commit(put(configMap('shop', name, { name })));
          } catch {
            requireEqual(store.revision(), before, 'the revision');
            requireEqual(store.get(configMapRef('shop', name)), undefined, 'what was refused');
          }
        }
        for (const { metadata, ...rest } of store.list('configmaps')) {
          requireEqual(rest['data'], { name: metadata.name }, 'the object of a name');
        }
      },
    },
    {
      name: 'an object of a megabyte is kept, and a larger one too or refused as unavailable',
      check: async ({ store, reopen }) => {
        const large = 'x'.repeat(1_000_000);
        store.commit(put(configMap('shop', 'large', { large })));
        const before = store.revision();
        const larger = configMap('shop', 'larger', { larger: large.repeat(10) });
        try {
          store.commit(put(configMap('shop', 'small'), larger));
        } catch (error) {
          requireThrows('UnavailableError', () => {
            throw error;
          });
          requireEqual(store.revision(), before, 'the revision');
          requireEqual(store.get(configMapRef('shop', 'small')), undefined, 'what came with it');
        }
        const kept = everythingIn(store);
        const again = await reopen();
        const reread = everythingIn(again);
        if (reread.length > 0) requireEqual(reread, kept, 'what was kept');
      },
    },
    {
      name: 'many objects are kept, listed in order, and found',
      check: ({ store, many }) => {
        // 7919 is a prime that does not divide `many`, so that each number comes once.
        const numbers = Array.from({ length: many }, (_, index) => (index * 7919) % many);
        const nameOf = (number: number): string => `c-${String(number).padStart(7, '0')}`;
        store.commit(
          put(...numbers.map((number) => configMap(`team-${number % 3}`, nameOf(number)))),
        );
        const listed = namesOf(store.list('configmaps'));
        requireEqual(listed.length, new Set(numbers).size, 'how many');
        const sorted = [...numbers]
          .map((number) => [`team-${number % 3}`, nameOf(number)].join('/'))
          .toSorted();
        requireEqual(listed, sorted, 'the list');
        for (const number of numbers) {
          const found = store.get(configMapRef(`team-${number % 3}`, nameOf(number)));
          requireEqual(found?.metadata.name, nameOf(number), 'an object');
        }
      },
    },
  ];
}
