import {
  openStore,
  type Kept,
  type NewObject,
  type Persistence,
  type Write,
} from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { controlled } from '../../../test/controlled.ts';
import { object, pod, put } from '../../../test/objects.ts';
import { keyOfRef, refOfKey } from '../../store/object-key.ts';
import type { Controller } from './controller.ts';

/** Makes a ConfigMap for each Pod. */
function copier(write: (name: string) => readonly Write[]): () => readonly Controller[] {
  return () => [
    {
      name: 'copier',
      concerns: ({ ref }) => (ref.resource === 'pods' ? [keyOfRef(ref)] : []),
      reconcile: (key) => ({ writes: write(refOfKey(key).name) }),
    },
  ];
}

function configMap(name: string): NewObject {
  return object('v1', 'ConfigMap', { name, namespace: 'shop' });
}

function copyOf(name: string): Write {
  return { put: configMap(name) };
}

/** A disk that may be full, or refuse a ConfigMap of one name. */
function fullDisk(): Persistence & { isFull: boolean; refused?: string } {
  return {
    isFull: false,
    load: (): Kept => ({ objects: [], revision: 0 }),
    keep(changes): void {
      const isRefused = changes.some(
        ({ ref }) => ref.resource === 'configmaps' && ref.name === this.refused,
      );
      if (this.isFull || isRefused) throw new Error('disk full');
    },
    close: () => undefined,
  };
}

const copies = (store: { list: (resource: string) => readonly unknown[] }): number =>
  store.list('configmaps').length;

describe('a controller', () => {
  it('looks at everything that is there when it begins', async () => {
    const store = openStore();
    put(store, pod('a'), pod('b'));
    const { settled, close } = controlled(
      copier((name) => [copyOf(name)]),
      store,
    );
    await settled();
    await close();
    expect(copies(store)).toBe(2);
  });

  it('does all else where it can not do one thing', async () => {
    const { store, settled, warnings, close } = controlled(
      copier((name) => {
        if (name === 'bad') throw new Error('no such thing');
        return [name === 'odd' ? { put: object('v2', 'Nothing', { name }) } : copyOf(name)];
      }),
    );
    put(store, pod('a'), pod('bad'), pod('odd'), pod('z'));
    await settled();
    await close();
    expect(copies(store)).toBe(2);
    expect(warnings).toContain('copier: pods/shop/bad is left as it is: Error: no such thing');
    expect(warnings.at(-1)).toMatch(/^copier: pods\/shop\/odd is left as it is: TypeError/u);
  });

  it('tries again for as long as the store is not available, and tells of it', async () => {
    const disk = fullDisk();
    const run = controlled(
      copier((name) => [copyOf(name)]),
      openStore(disk),
    );
    put(run.store, pod('a'));
    disk.isFull = true;
    await run.adjust(60_000);
    expect(copies(run.store)).toBe(0);
    expect(run.warnings.length).toBeGreaterThan(5);
    expect(run.warnings.every((each) => each.startsWith('copier tries again: '))).toBe(true);
    disk.isFull = false;
    await run.adjust(11_000);
    await run.settled();
    await run.close();
    expect(copies(run.store)).toBe(1);
  });

  it('goes on with everything else meanwhile', async () => {
    const disk = fullDisk();
    const { store, adjust, close } = controlled(
      copier((name) => [copyOf(name)]),
      openStore(disk),
    );
    disk.refused = 'stuck';
    put(store, pod('stuck'));
    await adjust(5000);
    put(store, pod('a'));
    await adjust(100);
    await close();
    expect(store.list('configmaps').map(({ metadata }) => metadata.name)).toEqual(['a']);
  });

  it('tries again where an object is not as expected', async () => {
    let turn = 0;
    const { store, adjust, close } = controlled(
      copier((name) => {
        turn += 1;
        return [{ put: configMap(name), expected: turn < 4 ? 1 : 'absent' }];
      }),
    );
    put(store, pod('a'));
    await adjust(1000);
    await close();
    expect(copies(store)).toBe(1);
  });

  it('does nothing any more once its scope has ended', async () => {
    const { store, settled, close } = controlled(copier((name) => [copyOf(name)]));
    await settled();
    await close();
    put(store, pod('a'));
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
    expect(copies(store)).toBe(0);
  });
});
