import { describe, expect, it } from 'vitest';

import { configMap, put } from '../contract/sample-objects.ts';
import { storeContract } from '../contract/store-contract.ts';
import type { Persistence } from '../persistence/persistence.ts';
import { openStore } from './open-store.ts';
import { UnavailableError, type Change } from './store.ts';

describe('a store in memory', () => {
  const subject = { place: () => ({ open: openStore.bind(undefined, undefined) }), keeps: false };
  it.each(storeContract(subject))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('tells what a listener threw to whom it may concern', () => {
    const thrown: unknown[] = [];
    const store = openStore(undefined, { onListenerError: (error) => thrown.push(error) });
    store.subscribe(() => {
      throw new RangeError('a fault of its own');
    });
    store.commit(put(configMap('shop', 'a')));
    expect(thrown).toEqual([new RangeError('a fault of its own')]);
  });
});

describe('a store with a persistence', () => {
  /** Keeps what it is given in a list, while it can. */
  function persistence(revision = 0) {
    const kept: (readonly [readonly Change[], number])[] = [];
    const state = { isFull: false, isClosed: 0 };
    const own: Persistence = {
      load: () => ({ objects: [], revision }),
      keep: (changes, last) => {
        if (state.isFull) throw new Error('no space left on device');
        kept.push([changes, last]);
      },
      close: () => {
        state.isClosed += 1;
      },
    };
    return { own, kept, state };
  }

  it('has each commit kept before anybody is told, and once', () => {
    const { own, kept } = persistence(5);
    const store = openStore(own, { now: () => 3 });
    expect(kept).toEqual([]);
    store.subscribe((changes) => expect(kept).toEqual([[changes, 6]]));
    store.commit(put(configMap('shop', 'a')));
    store.commit(put(configMap('shop', 'a')));
    expect(kept).toHaveLength(1);
  });

  it('is unavailable where that can’t be kept, changes nothing, and goes on when it can again', () => {
    const { own, state } = persistence();
    const store = openStore(own);
    const before = store.revision();
    let told = 0;
    store.subscribe(() => (told += 1));
    state.isFull = true;
    expect(() => store.commit(put(configMap('shop', 'a')))).toThrow(UnavailableError);
    expect(() => store.commit(put(configMap('shop', 'a')))).toThrow('no space left on device');
    expect([store.revision(), store.list('configmaps'), told]).toEqual([before, [], 0]);
    state.isFull = false;
    expect(store.commit(put(configMap('shop', 'a')))).toMatchObject([{ revision: before + 1 }]);
  });

  it('begins at the clock, and has that kept, or at what was kept where it can’t be', () => {
    const { own, kept, state } = persistence(5);
    expect(openStore(own, { now: () => 1_000 }).revision()).toBe(1_000);
    expect(kept).toEqual([[[], 1_000]]);
    state.isFull = true;
    expect(openStore(own, { now: () => 2_000 }).revision()).toBe(5);
  });

  it('closes it once', () => {
    const { own, state } = persistence();
    const store = openStore(own);
    store.close();
    store.close();
    expect(state.isClosed).toBe(1);
  });
});
