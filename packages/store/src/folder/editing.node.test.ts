import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Diagnostic } from '@portolan/manifests';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openFolder, type FolderOptions, type FolderStore } from './folder.ts';

let folder: string;
let store: FolderStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-folder-'));
});

afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true, force: true });
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

/** Only what a test asks for is read, so that nothing depends on when the system tells of a change. */
async function open(options: FolderOptions = {}): Promise<void> {
  store = await openFolder(folder, { settleTime: 3_600_000, ...options });
}

const web = { resource: 'services', namespace: 'shop', name: 'web' };
const names = (): readonly string[] =>
  store.list('services').map(({ metadata: { namespace, name } }) => `${namespace}/${name}`);

function service(name: string, port: number | string = 80): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  ports:
    - port: ${port}
`;
}

describe('a folder that is opened', () => {
  it('has the objects of its files, with a uid, a timestamp and a generation', async () => {
    await write('a.yaml', service('web'));
    await write(
      'deep/down/b.json',
      JSON.stringify({
        ...JSON.parse('{"kind":"Namespace"}'),
        apiVersion: 'v1',
        metadata: { name: 'shop' },
      }),
    );
    await open({ uid: () => 'made', now: () => Date.UTC(2026, 1, 3, 4, 5, 6, 789) });
    expect(store.get(web)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: 'made',
        creationTimestamp: '2026-02-03T04:05:06Z',
        generation: 1,
        resourceVersion: expect.stringMatching(/^\d+$/u),
      },
      spec: { ports: [{ port: 80 }] },
    });
    expect(store.list('namespaces')).toHaveLength(1);
  });

  it('gives them the same uid, timestamp and revision each time', async () => {
    await write('a.yaml', service('web'));
    await open();
    const before = store.get(web);
    store.close();
    await open();
    expect(store.get(web)).toEqual(before);
  });

  it('takes uid and timestamp from the file where they stand there, and nothing else of the API’s', async () => {
    const metadata =
      '  uid: mine\n  creationTimestamp: "2020-01-01T00:00:00Z"\n  resourceVersion: "7"\n  generation: 9\n';
    await write('a.yaml', service('web').replace('  namespace', `${metadata}  namespace`));
    await open();
    expect(store.get(web)?.metadata).toMatchObject({
      uid: 'mine',
      creationTimestamp: '2020-01-01T00:00:00Z',
      generation: 1,
      resourceVersion: String(store.revision()),
    });
  });

  it('takes over what was edited, added and removed while it was closed', async () => {
    await write('a.yaml', service('web'));
    await write('b.yaml', service('api'));
    await open();
    const before = store.get(web);
    store.close();
    await write('a.yaml', service('web', 8080));
    await write('c.yaml', service('new'));
    await rm(join(folder, 'b.yaml'));
    await open();
    expect(names()).toEqual(['shop/new', 'shop/web']);
    expect(store.get(web)?.['spec']).toEqual({ ports: [{ port: 8080 }] });
    expect(store.get(web)?.metadata).toMatchObject({ uid: before?.metadata.uid, generation: 2 });
  });

  it('says so where there is no folder, where another store has it open, and where its state is damaged', async () => {
    await expect(openFolder(join(folder, 'nothing'))).rejects.toThrow('is no folder');
    await open();
    await expect(openFolder(folder)).rejects.toThrow(/state\.sqlite is in use by another/u);
    store.close();
    await write('.portolan/state.sqlite', 'this is no database at all, whatever it is called');
    await expect(openFolder(folder)).rejects.toThrow(/state\.sqlite is damaged/u);
  });

  it('makes its objects anew where the state folder was removed', async () => {
    await write('a.yaml', service('web'));
    await open();
    const revision = store.revision();
    store.close();
    await rm(join(folder, '.portolan'), { recursive: true });
    await open();
    expect(names()).toEqual(['shop/web']);
    expect(store.revision()).toBeGreaterThan(revision);
  });
});

describe('an edited file', () => {
  it('is one commit, with what the store wrote to it meanwhile kept', async () => {
    await write('a.yaml', `${service('web')}---\n${service('api')}`);
    await open();
    const current = store.get(web);
    if (current === undefined) throw new Error('there is no such Service');
    store.commit([{ put: { ...current, status: { loadBalancer: {} } } }]);
    const told: unknown[] = [];
    store.subscribe((changes) => told.push(changes.map(({ type, ref }) => `${type} ${ref.name}`)));
    await write('a.yaml', `${service('web', 8080)}---\n${service('new')}`);
    await store.rescan();
    expect(told).toEqual([['MODIFIED web', 'ADDED new', 'DELETED api']]);
    expect(store.get(web)).toMatchObject({
      status: { loadBalancer: {} },
      spec: { ports: [{ port: 8080 }] },
    });
  });

  it('changes nothing where only comments and style change, or an object moves to another file', async () => {
    await write('a.yaml', service('web'));
    await open();
    const before = store.revision();
    await write('a.yaml', `# a comment\n${service('web')}`);
    await store.rescan();
    await write('b.yaml', service('web'));
    await rm(join(folder, 'a.yaml'));
    await store.rescan();
    expect(store.revision()).toBe(before);
    await rm(join(folder, 'b.yaml'));
    await store.rescan();
    expect(names()).toEqual([]);
  });

  it('leaves a faulty object as it was, takes the others, and says what is wrong', async () => {
    await write('a.yaml', `${service('web')}---\n${service('api')}---\n${service('old')}`);
    const told: (readonly Diagnostic[])[] = [];
    await open({ onDiagnostics: (diagnostics) => told.push(diagnostics) });
    await write('a.yaml', `${service('web', 'eighty')}---\n${service('api', 81)}`);
    await store.rescan();
    expect(names()).toEqual(['shop/api', 'shop/web']);
    expect(store.get(web)?.['spec']).toEqual({ ports: [{ port: 80 }] });
    expect(told).toEqual([
      [expect.objectContaining({ severity: 'error', field: 'spec.ports[0].port' })],
    ]);
    await write('a.yaml', service('web', 82));
    await store.rescan();
    expect(store.diagnostics()).toEqual([]);
    expect(told.at(-1)).toEqual([]);
  });

  it('that can’t be parsed, or is no text, leaves all that it held', async () => {
    await write('a.yaml', `${service('web')}---\n${service('api')}`);
    await open();
    for (const text of [
      `${service('web')}---\nkind: [broken\n`,
      'a\u0000b',
      '{{ template }}\nkind: x: y',
    ]) {
      await write('a.yaml', text);
      await store.rescan();
      expect(names()).toEqual(['shop/api', 'shop/web']);
      expect(store.diagnostics()).not.toEqual([]);
    }
    store.close();
    await open();
    expect(names()).toEqual(['shop/api', 'shop/web']);
  });

  it('of a folder that is gone leaves all, and a folder made anew is read', async () => {
    await write('a.yaml', service('web'));
    await open();
    const uid = store.get(web)?.metadata.uid;
    await rm(folder, { recursive: true });
    await store.rescan();
    expect(names()).toEqual(['shop/web']);
    expect(store.diagnostics()).toEqual([expect.objectContaining({ code: 'FileNotReadable' })]);
    await write('b.yaml', `${service('web')}---\n${service('api')}`);
    await store.rescan();
    expect(names()).toEqual(['shop/api', 'shop/web']);
    store.close();
    await open();
    expect(store.get(web)?.metadata.uid).toBe(uid);
  });

  it('counts where it is the last of those that an object stands in', async () => {
    await write('a.yaml', service('web', 81));
    await write('b.yaml', service('web', 82));
    await open();
    expect(store.get(web)?.['spec']).toEqual({ ports: [{ port: 82 }] });
    expect(store.diagnostics()).toEqual([expect.objectContaining({ code: 'DuplicateObject' })]);
    await rm(join(folder, 'b.yaml'));
    await store.rescan();
    expect(store.get(web)?.['spec']).toEqual({ ports: [{ port: 81 }] });
  });
});

describe('a folder that is watched', () => {
  const soon = { timeout: 20_000, interval: 20 };

  it('is read again by itself, whether a file is written, replaced, or comes in a burst in a new folder', async () => {
    await open({ settleTime: 20 });
    await write('a.yaml', service('web'));
    await vi.waitFor(() => expect(names()).toEqual(['shop/web']), soon);
    await write('a.tmp', service('web', 8080));
    await rename(join(folder, 'a.tmp'), join(folder, 'a.yaml'));
    await vi.waitFor(
      () => expect(store.get(web)?.['spec']).toEqual({ ports: [{ port: 8080 }] }),
      soon,
    );
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => write(`new/${index}.yaml`, service(`web-${index}`))),
    );
    await vi.waitFor(() => expect(names()).toHaveLength(51), soon);
    await write('new/7.yaml', service('seven'));
    await vi.waitFor(() => expect(names()).toContain('shop/seven'), soon);
    expect(names()).toHaveLength(51);
  });

  it('is watched again after it was removed and made anew', async () => {
    await write('a.yaml', service('web'));
    await open({ settleTime: 20 });
    await rm(folder, { recursive: true });
    await vi.waitFor(() => expect(store.diagnostics()).not.toEqual([]), soon);
    expect(names()).toEqual(['shop/web']);
    await write('a.yaml', service('api'));
    await vi.waitFor(() => expect(names()).toEqual(['shop/api']), soon);
    await write('a.yaml', service('third'));
    await vi.waitFor(() => expect(names()).toEqual(['shop/third']), soon);
  });
});
