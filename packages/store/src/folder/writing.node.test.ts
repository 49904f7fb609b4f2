import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { NewObject } from '../object/stored-object.ts';
import { UnavailableError, type Store } from '../store/store.ts';
import { openFolder } from './folder.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-folder-'));
});

afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');

async function files(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.portolan'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .toSorted();
}

const web = { resource: 'services', namespace: 'shop', name: 'web' };

function service(spec: Readonly<Record<string, unknown>>, status?: unknown): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'uid-web',
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation: 1,
      managedFields: [{ manager: 'kubectl', operation: 'Apply' }],
    },
    spec,
    ...(status !== undefined && { status }),
  };
}

const ports = (port: number) => ({ ports: [{ name: 'http', port }], selector: { app: 'web' } });

const TWO = `# What customers see.
apiVersion: v1
kind: Service
metadata:
  name: web # the front
  namespace: shop
spec:
  selector: {app: web}
  # One port is enough.
  ports:
  - name: http
    port: 80
---
# Not ours to touch:   spacing and all
apiVersion:   v1
kind: ConfigMap
metadata: {  name: settings, namespace: shop }
data: { 'on': "yes" }
`;

/** What is kept of a Service, with other fields in its spec. */
function changed(spec: Readonly<Record<string, unknown>>): NewObject {
  const current = store.get(web);
  if (current === undefined) throw new Error('there is no such Service');
  return { ...current, spec };
}

describe('an object that is written to a folder', () => {
  it('gets a file of its own, without what the API fills in', async () => {
    store = await openFolder(folder);
    store.commit([{ put: service(ports(80), { loadBalancer: {} }) }]);
    expect(await files()).toEqual(['shop/service-web.yaml']);
    expect(await read('shop/service-web.yaml')).toBe(`apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  ports:
    - name: http
      port: 80
  selector:
    app: web
`);
  });

  it('takes another file where one of that name holds something else', async () => {
    await write('shop/service-web.yaml', '# nothing yet\n');
    store = await openFolder(folder);
    store.commit([{ put: service(ports(80)) }]);
    expect(await files()).toEqual(['shop/service-web-2.yaml', 'shop/service-web.yaml']);
    expect(await read('shop/service-web.yaml')).toBe('# nothing yet\n');
  });

  it('is replaced in the document where it stands, comments kept, and nothing else is touched', async () => {
    await write('shop.yaml', TWO);
    store = await openFolder(folder);
    store.commit([{ put: changed(ports(8080)) }]);
    expect(await read('shop.yaml')).toBe(
      TWO.replace('port: 80\n', 'port: 8080\n').replace('{app: web}', '{ app: web }'),
    );
    expect(await files()).toEqual(['shop.yaml']);
  });

  it('leaves its file alone where only what the API fills in changes', async () => {
    await write('shop.yaml', TWO);
    store = await openFolder(folder);
    const current = changed(ports(80));
    store.commit([
      {
        put: {
          ...current,
          metadata: { ...current.metadata, managedFields: [{ manager: 'someone' }] },
          status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
        },
      },
    ]);
    expect(await read('shop.yaml')).toBe(TWO);
    store.close();
    store = await openFolder(folder);
    expect(store.get(web)?.['status']).toEqual({
      loadBalancer: { ingress: [{ ip: '192.0.2.1' }] },
    });
  });

  it('has its status in the file where it stood there before', async () => {
    await write('shop.yaml', `${TWO.split('---')[0]}status:\n  loadBalancer: {}\n`);
    store = await openFolder(folder);
    const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } };
    store.commit([{ put: { ...changed(ports(80)), status } }]);
    expect(await read('shop.yaml')).toContain('192.0.2.1');
  });

  it('takes its document with it when it is deleted, and the file with the last one', async () => {
    await write('shop.yaml', TWO);
    store = await openFolder(folder);
    store.commit([{ delete: web }]);
    const rest = TWO.slice(TWO.indexOf('---'));
    expect(await read('shop.yaml')).toBe(rest);
    store.commit([{ delete: { resource: 'configmaps', namespace: 'shop', name: 'settings' } }]);
    expect(await files()).toEqual([]);
  });

  it('keeps a faulty document beside it, and line ends', async () => {
    const text = `${TWO}---\nkind: [broken\n`.replaceAll('\n', '\r\n');
    await write('shop.yaml', text);
    store = await openFolder(folder);
    store.commit([{ put: changed(ports(8080)) }]);
    expect(await read('shop.yaml')).toBe(
      text.replace('port: 80\r', 'port: 8080\r').replace('{app: web}', '{ app: web }'),
    );
  });

  it('is replaced in JSON where it is all that is in the file', async () => {
    const { status: _, ...manifest } = service(ports(80));
    await write('web.json', JSON.stringify(manifest, undefined, 4));
    store = await openFolder(folder);
    store.commit([{ put: changed(ports(8080)) }]);
    const text = await read('web.json');
    expect(JSON.parse(text)).toMatchObject({ metadata: { uid: 'uid-web' }, spec: ports(8080) });
    expect(text).toContain('\n    "kind"');
    store.commit([{ delete: web }]);
    expect(await files()).toEqual([]);
  });

  it('is unavailable in a List, which the message names, and nothing is written', async () => {
    const { status: _, ...manifest } = service(ports(80));
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [manifest] });
    await write('list.json', list);
    await write('list.yaml', list.replaceAll('"web"', '"web-2"'));
    store = await openFolder(folder);
    const revision = store.revision();
    const other = { ...web, name: 'web-2' };
    for (const writes of [
      [{ put: changed(ports(8080)) }],
      [{ delete: web }],
      [{ delete: other }],
    ]) {
      expect(() => store.commit(writes)).toThrow(UnavailableError);
      expect(() => store.commit(writes)).toThrow(/stands in list\.(?:json|yaml)/u);
    }
    expect(store.revision()).toBe(revision);
    expect(await read('list.json')).toBe(list);
  });

  it('is not deleted from one of two files, where it would come back from the other', async () => {
    const [document = ''] = TWO.split('---');
    await write('a.yaml', document);
    await write('b.yaml', document);
    store = await openFolder(folder);
    expect(() => store.commit([{ delete: web }])).toThrow('stands in b.yaml and in a.yaml');
    expect(await files()).toEqual(['a.yaml', 'b.yaml']);
  });

  it('is refused with all of its commit where it is no valid manifest', async () => {
    store = await openFolder(folder);
    const revision = store.revision();
    const writes = [
      { put: { ...service(ports(80)), metadata: { ...service({}).metadata, name: 'good' } } },
      { put: service({ ports: [{ port: 'eighty' }] }) },
    ];
    expect(() => store.commit(writes)).toThrow(/spec\.ports\[0\]\.port/u);
    expect(store.revision()).toBe(revision);
    expect(await files()).toEqual([]);
  });

  it('stays out of the files where a process keeps it up, and is kept all the same', async () => {
    store = await openFolder(folder);
    const metadata = {
      name: 'pod-1',
      namespace: 'shop',
      uid: 'uid-1',
      creationTimestamp: '2026-01-01T00:00:00Z',
    };
    const kind = { apiVersion: 'v1', kind: 'ConfigMap', data: {} };
    const owner = { apiVersion: 'v1', kind: 'Service', name: 'web', uid: 'uid-web' };
    store.commit([
      { put: { ...kind, metadata: { ...metadata, name: 'owned', ownerReferences: [owner] } } },
      {
        put: { ...kind, metadata: { ...metadata, annotations: { 'portolan.dev/lease': 'pod-1' } } },
      },
    ]);
    expect(await files()).toEqual([]);
    store.close();
    store = await openFolder(folder);
    expect(store.list('configmaps').map(({ metadata: { name } }) => name)).toEqual([
      'owned',
      'pod-1',
    ]);
  });

  it('is written to what a symbolic link leads to, not in the place of the link', async () => {
    await write('elsewhere/web.txt', TWO);
    await symlink('elsewhere/web.txt', join(folder, 'shop.yaml'));
    store = await openFolder(folder);
    store.commit([{ put: changed(ports(8080)) }]);
    expect(await read('elsewhere/web.txt')).toContain('port: 8080');
  });

  it('is unavailable where the folder is gone, and nothing makes it anew', async () => {
    store = await openFolder(folder);
    await rm(folder, { recursive: true });
    expect(() => store.commit([{ put: service(ports(80)) }])).toThrow(UnavailableError);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
    await mkdir(folder);
    store.commit([{ put: service(ports(80)) }]);
    expect(await files()).toEqual(['shop/service-web.yaml']);
  });

  it('leaves what a person wrote into the same file meanwhile to be read', async () => {
    await write('shop.yaml', TWO);
    const opened = await openFolder(folder, { settleTime: 3_600_000 });
    store = opened;
    await write('shop.yaml', TWO.replace('"yes"', '"no"'));
    store.commit([{ put: changed(ports(8080)) }]);
    expect(await read('shop.yaml')).toContain('"no"');
    await opened.rescan();
    expect(store.list('configmaps')[0]?.['data']).toEqual({ on: 'no' });
    expect(store.get(web)?.['spec']).toEqual(ports(8080));
  });

  describe('whose process ended before its file was changed', () => {
    const before = TWO.split('---')[0] ?? '';

    /** As it is where the state was kept and the file was not: it has the text that it had before. */
    async function interrupt(text: string): Promise<void> {
      await write('shop.yaml', before);
      store = await openFolder(folder);
      store.close();
      const authored = recorded();
      store = await openFolder(folder);
      store.commit([{ put: changed(ports(8080)) }]);
      store.close();
      const database = new DatabaseSync(join(folder, '.portolan/state.sqlite'));
      database.prepare('UPDATE store_files SET before = ?').run(authored);
      database.close();
      await write('shop.yaml', text);
    }

    /** What is remembered to stand in the file, with nothing else open. */
    function recorded(): string {
      const database = new DatabaseSync(join(folder, '.portolan/state.sqlite'));
      const row = database.prepare('SELECT authored FROM store_files').get();
      database.close();
      return String(row?.['authored']);
    }

    it('is written there when the folder is opened again', async () => {
      await interrupt(before);
      store = await openFolder(folder);
      expect(store.get(web)?.['spec']).toEqual(ports(8080));
      expect(await read('shop.yaml')).toContain('port: 8080');
    });

    it('is what a person has written since, where that is something else', async () => {
      await interrupt(before.replace('port: 80', 'port: 9090'));
      store = await openFolder(folder);
      expect(store.get(web)?.['spec']).toEqual(ports(9090));
      expect(await read('shop.yaml')).toContain('port: 9090');
    });
  });
});
