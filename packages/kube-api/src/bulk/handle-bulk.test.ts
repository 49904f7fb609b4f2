import { openStore, UnavailableError, type NewObject, type Store } from '@portolan/store';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Identity } from '../access/access.ts';
import type { Admission } from '../admission/admission.ts';
import { handleBulk, type BulkContext } from './handle-bulk.ts';

const ADMIN: Identity = { name: 'sync', role: 'admin' };

const permissive: Admission = { admit: ({ object }) => ({ object }) };

let store: Store;

beforeEach(() => {
  store = openStore();
});

function service(name: string, port = 80, metadata: object = {}): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-of-${name}`,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
    },
    spec: { ports: [{ port }] },
  };
}

const ref = (name: string): { resource: string; namespace: string; name: string } => ({
  resource: 'services',
  namespace: 'shop',
  name,
});

interface Answer {
  readonly code: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function call(
  method: string,
  source: string | undefined,
  content: BodyInit | null,
  headers: Record<string, string>,
  context: Partial<BulkContext> = {},
): Promise<Answer> {
  const { body } = new Response(content);
  const response = await handleBulk(
    { method, headers: new Headers(headers), body, ...(source !== undefined && { source }) },
    { store, admission: permissive, identity: ADMIN, ...context },
  );
  return { code: response.status, body: await response.json() };
}

const NDJSON = { 'Content-Type': 'application/x-ndjson' };

function text(header: object, lines: readonly object[]): string {
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function send(
  header: object,
  lines: readonly object[],
  context: Partial<BulkContext> = {},
): Promise<Answer> {
  return call('POST', undefined, text({ source: 'east', ...header }, lines), NDJSON, context);
}

function names(): readonly string[] {
  return store.list('services').map(({ metadata }) => metadata.name);
}

describe('a bulk write of everything', () => {
  it('puts the objects, marks whose they are, and makes their Namespace', async () => {
    const put = service('cart', 80, { finalizers: ['held'], ownerReferences: [{ uid: 'x' }] });
    const { code, body } = await send({ since: null, next: 'a' }, [{ put }]);
    expect({ code, body }).toEqual({
      code: 200,
      body: {
        source: 'east',
        checkpoint: 'a',
        resourceVersion: String(store.revision()),
        written: 1,
        deleted: 0,
        refused: [],
      },
    });
    const { metadata, ...rest } = store.get(ref('cart')) ?? {};
    expect(rest).toEqual({ apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80 }] } });
    expect(metadata).toEqual({
      name: 'cart',
      namespace: 'shop',
      uid: 'uid-of-cart',
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation: 1,
      annotations: { 'portolan.dev/source': 'east' },
      resourceVersion: expect.any(String),
    });
    expect(store.get({ resource: 'namespaces', namespace: '', name: 'shop' })).toBeDefined();
  });

  it('deletes what else the source had, and nothing of others', async () => {
    store.commit([{ put: service('by-hand') }]);
    await send({ since: null, next: 'a' }, [{ put: service('cart') }, { put: service('orders') }]);
    await send({ source: 'west', since: null, next: 'a' }, [{ put: service('users') }]);
    const { body } = await send({ since: null, next: 'b' }, [{ put: service('cart') }]);
    expect(body).toMatchObject({ written: 0, deleted: 1 });
    expect(names()).toEqual(['by-hand', 'cart', 'users']);
  });

  it('leaves what the sender knows nothing of', async () => {
    await send({ since: null, next: 'a' }, [{ put: service('cart') }]);
    const unlisted = [{ resource: 'services', namespace: 'shop' }];
    await send({ since: null, next: 'b', unlisted }, []);
    expect(names()).toEqual(['cart']);
    await send({ since: null, next: 'c', unlisted: [{ resource: 'nodes' }] }, []);
    expect(names()).toEqual([]);
  });

  it('leaves objects that are equal as they are, status included', async () => {
    const { status, ...rest } = { ...service('cart'), status: { loadBalancer: {} } };
    await send({ since: null, next: 'a' }, [{ put: { ...rest, status } }]);
    const before = store.get(ref('cart'));
    const revision = store.revision();
    const { body } = await send({ since: null, next: 'a' }, [{ put: rest }]);
    expect(body).toMatchObject({ written: 0, deleted: 0 });
    expect(store.get(ref('cart'))).toBe(before);
    expect(store.revision()).toBe(revision);
  });

  it('counts generations with what is wanted, and begins anew for an object made again', async () => {
    const generation = (): unknown => store.get(ref('cart'))?.metadata.generation;
    await send({ since: null, next: 'a' }, [{ put: service('cart', 80) }]);
    await send({ since: null, next: 'b' }, [{ put: service('cart', 81, { labels: { a: 'b' } }) }]);
    expect(generation()).toBe(2);
    await send({ since: null, next: 'c' }, [{ put: service('cart', 81) }]);
    expect(generation()).toBe(2);
    const attempts: unknown[] = [];
    const admission: Admission = {
      admit: ({ object, previous }) => {
        attempts.push(previous);
        return { object };
      },
    };
    await send({ since: null, next: 'd' }, [{ put: service('cart', 81, { uid: 'another' }) }], {
      admission,
    });
    expect(attempts).toEqual([undefined]);
    expect(generation()).toBe(1);
  });
});

describe('a bulk write of changes', () => {
  it('goes on from the checkpoint that it names', async () => {
    await send({ since: null, next: 'a' }, [{ put: service('cart') }, { put: service('orders') }]);
    const { code, body } = await send({ since: 'a', next: 'b' }, [
      { delete: ref('cart') },
      { delete: ref('never-there') },
      { put: service('users') },
    ]);
    expect(code).toBe(200);
    expect(body).toMatchObject({ written: 1, deleted: 1 });
    expect(names()).toEqual(['orders', 'users']);
  });

  it('is refused where the source is at another, and writes nothing', async () => {
    await send({ since: null, next: 'a' }, []);
    const { code, body } = await send({ since: 'z', next: 'b' }, [{ put: service('cart') }]);
    expect(code).toBe(409);
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', reason: 'Conflict' });
    expect(names()).toEqual([]);
    expect((await send({ source: 'west', since: 'a', next: 'b' }, [])).code).toBe(409);
  });

  it('deletes nothing of others', async () => {
    store.commit([{ put: service('by-hand') }]);
    await send({ since: null, next: 'a' }, []);
    await send({ since: 'a', next: 'b' }, [{ delete: ref('by-hand') }]);
    expect(names()).toEqual(['by-hand']);
  });

  it('takes the last of several lines about one object', async () => {
    await send({ since: null, next: 'a' }, [
      { put: service('cart', 80) },
      { delete: ref('cart') },
      { put: service('cart', 81) },
    ]);
    expect(store.get(ref('cart'))?.['spec']).toEqual({ ports: [{ port: 81 }] });
  });
});

describe('an object that can not be taken', () => {
  const strict: Admission = {
    admit: ({ object }) =>
      object.metadata.name === 'bad'
        ? { invalid: [{ type: 'Required', field: 'spec.ports', detail: '' }] }
        : { object },
  };

  it('is told of, and keeps no other out', async () => {
    const { code, body } = await send(
      { since: null, next: 'a' },
      [{ put: service('bad') }, { put: service('cart') }],
      { admission: strict },
    );
    expect(code).toBe(200);
    expect(body['refused']).toEqual([{ ref: ref('bad'), message: 'spec.ports: Required value' }]);
    expect(names()).toEqual(['cart']);
  });

  it('leaves what was there before', async () => {
    await send({ since: null, next: 'a' }, [{ put: service('bad', 80) }]);
    await send({ since: null, next: 'b' }, [{ put: service('bad', 81) }], { admission: strict });
    expect(store.get(ref('bad'))?.['spec']).toEqual({ ports: [{ port: 80 }] });
  });

  it('is one that is there from elsewhere, or lies where the token is not good', async () => {
    store.commit([{ put: service('by-hand') }]);
    const { body } = await send({ since: null, next: 'a' }, [{ put: service('by-hand', 81) }]);
    expect(body['refused']).toHaveLength(1);
    expect(store.get(ref('by-hand'))?.['spec']).toEqual({ ports: [{ port: 80 }] });
    const identity = { ...ADMIN, namespaces: ['other', 'portolan-system'] };
    const other = await send({ since: null, next: 'a' }, [{ put: service('cart') }], { identity });
    expect(other.body['refused']).toEqual([
      { ref: ref('cart'), message: 'sync may not write there' },
    ]);
  });
});

describe('the checkpoint', () => {
  it('is asked for by source', async () => {
    await send({ since: null, next: 'a' }, []);
    expect(await call('GET', 'east', null, {})).toEqual({
      code: 200,
      body: { source: 'east', checkpoint: 'a' },
    });
    expect((await call('GET', 'west', null, {})).code).toBe(404);
  });

  it('is kept in the same commit as the objects', async () => {
    const commits: (readonly string[])[] = [];
    store.subscribe((changes) => commits.push(changes.map(({ object }) => object.kind)));
    await send({ since: null, next: 'a' }, [{ put: service('cart') }]);
    expect(commits).toEqual([expect.arrayContaining(['Service', 'ConfigMap'])]);
  });
});

describe('a bulk write that can not be read', () => {
  const post = (content: BodyInit, headers: Record<string, string> = {}): Promise<Answer> =>
    call(
      'POST',
      undefined,
      content,
      { ...NDJSON, ...headers },
      { maxLine: 6000, maxContent: 20_000 },
    );
  const header = { source: 'east', since: null, next: 'a' };
  const pack = (content: string): Promise<ArrayBuffer> => {
    const { body } = new Response(content);
    return new Response(body?.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  };

  it.each<[number, string, BodyInit]>([
    [400, 'has no content', ''],
    [400, 'begins with no JSON', 'nonsense\n'],
    [400, 'begins with no object', '[]\n'],
    [400, 'names a source that is no DNS label', text({ ...header, source: 'A b' }, [])],
    [400, 'names no checkpoint', text({ ...header, next: '' }, [])],
    [
      400,
      'names a checkpoint of more than 4096 characters',
      text({ ...header, next: 'a'.repeat(4097) }, []),
    ],
    [400, 'has a line that is no JSON', `${text(header, [])}{"put":\n`],
    [400, 'has a line that is neither put nor delete', text(header, [{ pet: {} }])],
    [400, 'puts what has no name', text(header, [{ put: { ...service(''), metadata: {} } }])],
    [400, 'puts what is called as nothing is', text(header, [{ put: service('../x') }])],
    [
      400,
      'puts a kind that is not served',
      text(header, [{ put: { ...service('a'), kind: 'X' } }]),
    ],
    [
      400,
      'puts a Node into a Namespace',
      text(header, [{ put: { ...service('a'), kind: 'Node' } }]),
    ],
    [
      400,
      'deletes of a kind that is not served',
      text(header, [{ delete: { ...ref('a'), resource: 'x' } }]),
    ],
    [400, 'is no UTF-8', new Uint8Array([0xff, 0xfe, 0x0a])],
    [
      413,
      'has too long a line',
      text(header, [{ put: service('a', 80, { labels: { a: 'a'.repeat(6000) } }) }]),
    ],
    [
      413,
      'is too long',
      text(
        header,
        Array.from({ length: 300 }, (_, n) => ({ put: service(`a${n}`) })),
      ),
    ],
  ])('is answered with %i where it %s, and writes nothing', async (code, _, content) => {
    const revision = store.revision();
    const answer = await post(content);
    expect(answer.code).toBe(code);
    expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure' });
    expect(store.revision()).toBe(revision);
  });

  it('is read where it is packed with gzip, in pieces', async () => {
    const packed = new Uint8Array(await pack(text(header, [{ put: service('cart') }])));
    const pieces = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of packed) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    const headers = { 'Content-Encoding': 'gzip' };
    expect((await post(pieces, headers)).code).toBe(200);
    expect(names()).toEqual(['cart']);
  });

  it('is bounded by what it unpacks to', async () => {
    const bomb = await pack(text(header, []) + ' '.repeat(10_000_000));
    expect((await post(bomb, { 'Content-Encoding': 'gzip' })).code).toBe(413);
  });

  it('is answered with 400 where it is packed and broken', async () => {
    const packed = new Uint8Array(await pack(text(header, [{ put: service('cart') }])));
    expect((await post(packed.slice(0, -20), { 'Content-Encoding': 'gzip' })).code).toBe(400);
    expect((await post('nonsense', { 'Content-Encoding': 'gzip' })).code).toBe(400);
    expect(names()).toEqual([]);
  });

  it('is not quoted: it may hold a Secret', async () => {
    for (const line of ['{"put":{"data":"hunter2"', '{"pat":{"data":"hunter2"}}']) {
      const { code, body } = await post(`${text(header, [])}${line}\n`);
      expect(code).toBe(400);
      expect(JSON.stringify(body)).not.toContain('hunter2');
    }
  });

  it.each(['identity', 'gzip'])(
    'is answered with 408 where it does not end: %s',
    async (coding) => {
      const endless = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new Uint8Array([0x1f, 0x8b])),
      });
      const headers = { ...NDJSON, 'Content-Encoding': coding };
      const answer = await call('POST', undefined, endless, headers, { patience: 20 });
      expect(answer).toMatchObject({ code: 408, body: { kind: 'Status', reason: 'Timeout' } });
    },
  );

  it('is answered with 415 for another media type or packing', async () => {
    expect((await post('', { 'Content-Type': 'application/json' })).code).toBe(415);
    expect((await post('', { 'Content-Encoding': 'br' })).code).toBe(415);
  });
});

describe('who may not', () => {
  it.each(['read', 'register'] as const)('is a token of the role %s', async (role) => {
    const identity: Identity = { name: 'ci', role };
    expect((await send({ since: null, next: 'a' }, [], { identity })).code).toBe(403);
    expect((await call('GET', 'east', null, {}, { identity })).code).toBe(403);
  });

  it('is a token for some namespaces, without the one of the checkpoints', async () => {
    await send({ since: null, next: 'a' }, []);
    const identity: Identity = { ...ADMIN, namespaces: ['shop'] };
    expect((await send({ since: null, next: 'b' }, [], { identity })).code).toBe(403);
    expect((await call('GET', 'east', null, {}, { identity })).code).toBe(403);
    expect((await call('GET', 'east', null, {})).body).toMatchObject({ checkpoint: 'a' });
  });

  it('is anybody by another method', async () => {
    expect((await call('PUT', undefined, '', NDJSON)).code).toBe(405);
    expect((await call('DELETE', 'east', null, {})).code).toBe(405);
  });
});

it('a store that can not keep it is answered with 503', async () => {
  const full: Store = {
    ...store,
    commit: () => {
      throw new UnavailableError('the disk is full');
    },
  };
  const { code, body } = await send({ since: null, next: 'a' }, [], { store: full });
  expect(code).toBe(503);
  expect(body).toMatchObject({ reason: 'ServiceUnavailable', message: 'the disk is full' });
});

it('a write of 100 000 endpoints is taken', async () => {
  const slices = Array.from({ length: 1000 }, (_, slice) => ({
    put: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `slice-${slice}`, namespace: 'shop' },
      addressType: 'IPv4',
      endpoints: Array.from({ length: 100 }, (__, index) => ({
        addresses: [`10.${slice >> 8}.${slice & 255}.${index}`],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: `node-${index}`,
        targetRef: { kind: 'Pod', namespace: 'shop', name: `pod-${slice}-${index}` },
      })),
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    },
  }));
  const { code, body } = await send({ since: null, next: 'a' }, slices);
  expect({ code, written: body['written'] }).toEqual({ code: 200, written: 1000 });
});
