import type { Change } from '../store/store.ts';
import { requireEqual, requireThrows } from './require.ts';
import { configMap, configMapRef, everythingIn, put } from './sample-objects.ts';
import type { StoreCheck } from './store-contract.ts';

/** `since` and `subscribe`. */
export function tellingChecks(): readonly StoreCheck[] {
  return [
    {
      name: 'the changes since a revision are those after it, in order',
      check: ({ store }) => {
        const first = store.revision();
        const changes = ['a', 'b', 'c'].flatMap((name) =>
          store.commit(put(configMap('shop', name))),
        );
        for (const [index] of changes.entries()) {
          requireEqual(store.since(first + index), changes.slice(index), `since ${index}`);
        }
        requireEqual(store.since(store.revision()), [], 'since the last');
        requireEqual(store.since(store.revision() + 1), undefined, 'since one ahead');
        requireEqual(store.since(first - 1), undefined, 'since before it was opened');
      },
    },
    {
      name: 'changes too long ago are unknown, never some of them left out',
      options: { history: 5 },
      check: ({ store }) => {
        const first = store.revision();
        const changes: Change[] = [];
        for (let count = 0; count < 40; count += 1) {
          changes.push(...store.commit(put(configMap('shop', 'web', { count: String(count) }))));
          for (let back = 0; back <= changes.length; back += 1) {
            const known = store.since(store.revision() - back);
            if (back <= 5 || known)
              requireEqual(known, changes.slice(changes.length - back), 'known');
          }
        }
        requireEqual(store.since(first), undefined, 'the first');
      },
    },
    {
      name: 'every listener is told of a commit once, in order, after it is kept and before it returns',
      check: ({ store }) => {
        const told: unknown[] = [];
        const listen = (who: string) => (changes: readonly Change[]) => {
          requireEqual(store.revision(), changes.at(-1)?.revision, 'the revision');
          for (const { ref, object, type } of changes) {
            if (type !== 'DELETED') requireEqual(store.get(ref), object, 'what is kept');
            told.push([who, type, object.metadata.name]);
          }
        };
        const end = store.subscribe(listen('first'));
        store.subscribe(listen('second'));
        store.commit(put(configMap('shop', 'a'), configMap('shop', 'b')));
        const both = ['a', 'b'].map((name) => ['ADDED', name]);
        const expected: unknown[] = ['first', 'second'].flatMap((who) =>
          both.map((each) => [who, ...each]),
        );
        requireEqual(told, expected, 'what was told');
        end();
        store.commit([{ delete: configMapRef('shop', 'a') }]);
        requireEqual(told, [...expected, ['second', 'DELETED', 'a']], 'after one ended');
      },
    },
    {
      name: 'listeners are told nothing where nothing changed or the commit failed',
      check: ({ store }) => {
        store.commit(put(configMap('shop', 'a')));
        let told = 0;
        store.subscribe(() => {
          told += 1;
        });
        store.commit(put(configMap('shop', 'a')));
        store.commit([]);
        requireThrows('ConflictError', () =>
          store.commit([
            ...put(configMap('shop', 'b')),
            { put: configMap('shop', 'a'), expected: 'absent' },
          ]),
        );
        requireEqual(told, 0, 'how often');
      },
    },
    {
      name: 'a listener that throws keeps nothing from the writer and the other listeners',
      check: ({ store }) => {
        let told = 0;
        store.subscribe(() => {
          throw new Error('a fault of its own');
        });
        store.subscribe(() => {
          told += 1;
        });
        requireEqual(store.commit(put(configMap('shop', 'a'))).length, 1, 'changes');
        requireEqual(told, 1, 'how often');
      },
    },
    {
      name: 'a listener may not commit, and the store goes on after it tried',
      check: ({ store }) => {
        let tried: unknown;
        const end = store.subscribe(() => {
          tried = requireThrows('Error', () => store.commit(put(configMap('shop', 'b'))));
        });
        store.commit(put(configMap('shop', 'a')));
        requireEqual(tried === undefined, false, 'whether it was told');
        requireEqual(everythingIn(store).length, 1, 'how many objects');
        end();
        store.commit(put(configMap('shop', 'b')));
        requireEqual(everythingIn(store).length, 2, 'how many objects after it');
      },
    },
    {
      name: 'a listener that one before it ended is no longer told',
      check: ({ store }) => {
        let told = 0;
        const ends: (() => void)[] = [];
        store.subscribe(() => {
          for (const end of ends) end();
        });
        ends.push(
          store.subscribe(() => {
            told += 1;
          }),
        );
        store.commit(put(configMap('shop', 'a')));
        requireEqual(told, 0, 'how often');
      },
    },
  ];
}
