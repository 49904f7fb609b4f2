import { openStore, type Store } from '@portolan/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// With the admission that it has in production.
import { createControlPlane, type ControlPlane } from '../../control-plane/src/index.ts';
import type { AuditEvent, Token } from '../src/index.ts';
import { ADMIN, READER, REGISTRAR, SHOP_ADMIN } from './harness/harness.ts';

const SECRET = 'correct-horse-battery';
const ENCODED = btoa(SECRET);

const MERGE = { 'content-type': 'application/merge-patch+json' };
const APPLY = { 'content-type': 'application/apply-patch+yaml' };
const BULK = { 'content-type': 'application/x-ndjson' };

let store: Store;
let plane: ControlPlane;
const audited: AuditEvent[] = [];

interface Asking {
  readonly token?: Token | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

async function ask(line: string, { token = ADMIN, headers = {}, body }: Asking = {}) {
  const [method = '', path = ''] = line.split(' ');
  const response = await plane.fetch(
    new Request(`http://127.0.0.1:8787${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
  return { code: response.status, headers: response.headers, text: await response.text() };
}

const secret = (name: string, namespace: string): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace },
  stringData: { password: SECRET },
});

beforeAll(async () => {
  store = openStore();
  plane = createControlPlane({
    store,
    tokens: [ADMIN, READER, REGISTRAR, SHOP_ADMIN],
    prefix: '',
    audit: (event) => audited.push(event),
  });
  for (const namespace of ['shop', 'attic']) {
    const path = `/api/v1/namespaces/${namespace}/secrets`;
    await ask(`POST ${path}`, { body: secret('key', namespace) });
    // As kubectl apply leaves it in an annotation and in managed fields.
    const annotation = JSON.stringify(secret('key', namespace));
    const body = {
      ...secret('key', namespace),
      metadata: {
        name: 'key',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': annotation },
      },
    };
    const line = `PATCH ${path}/key?fieldManager=kubectl&force=true`;
    await ask(line, { body, headers: APPLY });
  }
});

afterAll(() => plane.close());

describe('a Secret', () => {
  it('is there, with what kubectl leaves on it', async () => {
    const { code, text } = await ask('GET /api/v1/namespaces/attic/secrets/key');
    expect(code).toBe(200);
    expect(text).toContain(SECRET);
    expect(text).toContain(ENCODED);
  });

  const FORMS = [
    'application/json',
    'application/yaml',
    ...['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList'].map(
      (as) => `application/json;as=${as};g=meta.k8s.io;v=v1`,
    ),
  ];
  const PATHS = [
    '/api/v1/secrets',
    '/api/v1/secrets?watch=1',
    '/api/v1/secrets?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan',
    '/api/v1/secrets?fieldSelector=metadata.namespace=shop',
    '/api/v1/secrets?limit=1',
    '/api/v1/namespaces/shop/secrets',
    '/api/v1/namespaces/shop/secrets/key',
    '//api//v1//namespaces/shop/%73ecrets/key',
    '/api/v1/namespaces/shop/configmaps/../secrets/key',
    '/api/v1/namespaces/shop/configmaps/%2e%2e/secrets/key',
  ];

  it.each(PATHS.flatMap((path) => FORMS.map((accept) => [path, accept] as const)))(
    'is not to be read at %s as %s by a token that may only read or register',
    async (path, accept) => {
      for (const token of [READER, REGISTRAR]) {
        const { code, text } = await ask(`GET ${path}`, { token, headers: { accept } });
        expect(code).toBe(403);
        expect(text).not.toContain(ENCODED);
      }
    },
  );

  it('is nowhere in what a token that may only read can read', async () => {
    const { text: resources } = await ask('GET /api/v1', { token: READER });
    const names = [...resources.matchAll(/"name":"([a-z]+)"/g)].flatMap(([, name]) => name ?? []);
    expect(names).toContain('configmaps');
    for (const name of names.filter((each) => each !== 'secrets')) {
      const { text } = await ask(`GET /api/v1/${name}`, { token: READER });
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(ENCODED);
    }
  });

  const PATH = '/api/v1/namespaces/shop/secrets';

  it.each<[string, Asking]>([
    [`POST ${PATH}`, { body: { metadata: { name: 'x' }, data: { a: SECRET } } }],
    [`POST ${PATH}`, { body: { metadata: { name: 'x' }, data: { a: { b: SECRET } } } }],
    [
      `POST ${PATH}`,
      {
        body: {
          metadata: { name: 'x' },
          type: 'kubernetes.io/tls',
          stringData: { 'tls.key': SECRET },
        },
      },
    ],
    [`PATCH ${PATH}/key`, { headers: MERGE, body: { data: { a: SECRET } } }],
    [
      `PATCH ${PATH}/key?fieldValidation=Strict`,
      { headers: MERGE, body: { stringDatta: { a: SECRET } } },
    ],
    [
      `PATCH ${PATH}/key?fieldManager=a`,
      {
        headers: APPLY,
        body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' }, data: [SECRET] },
      },
    ],
    [
      'POST /bulk',
      { headers: BULK, body: `{"source":"a","since":null,"next":"1"}\n{"put":"${SECRET}"` },
    ],
    [
      'POST /bulk',
      { headers: BULK, body: `{"source":"a","since":null,"next":"1"}\n{"pot":"${SECRET}"}` },
    ],
  ])('that is faulty is not quoted: %s', async (line, asking) => {
    const { code, text } = await ask(line, asking);
    expect([400, 422]).toContain(code);
    expect(text).not.toContain(SECRET);
  });

  it('and tokens are not in the audit log', async () => {
    await ask(`DELETE ${PATH}/x?token=${ADMIN.token}`, { token: null });
    expect(audited.length).toBeGreaterThan(5);
    const log = JSON.stringify(audited);
    expect(log).not.toContain(SECRET);
    expect(log).not.toContain(ENCODED);
    expect(log).not.toContain(ADMIN.token);
  });
});

describe('a token for some namespaces', () => {
  it.each([
    'GET /api/v1/secrets',
    'GET /api/v1/secrets?fieldSelector=metadata.namespace=shop',
    'GET /api/v1/secrets?watch=1',
    'GET /api/v1/namespaces/attic/secrets',
    'GET /api/v1/namespaces/attic/secrets?watch=1',
    'GET /api/v1/namespaces/attic/secrets/key',
    'GET /api/v1/nodes',
    'GET /api/v1/namespaces',
    'GET /api/v1/namespaces?watch=1',
    'GET /api/v1/namespaces/attic',
    'POST /api/v1/namespaces',
    'PUT /api/v1/namespaces/shop',
    'PUT /api/v1/namespaces/shop/status',
    'DELETE /api/v1/namespaces/shop',
    'DELETE /api/v1/nodes',
    'POST /api/v1/nodes',
    'POST /apis/networking.k8s.io/v1/ingressclasses',
    'POST /api/v1/namespaces/attic/configmaps',
    'DELETE /api/v1/namespaces/attic/secrets',
    'GET /bulk/east',
    'POST /bulk',
  ])('gets 403 for %s', async (line) => {
    const asking = line.startsWith('P') ? { body: '{}' } : {};
    expect(await ask(line, { token: SHOP_ADMIN, ...asking })).toMatchObject({ code: 403 });
  });

  it('can not move the checkpoint of a sync, nor what lies elsewhere, by a bulk write', async () => {
    const header = (next: string): string => JSON.stringify({ source: 'east', since: null, next });
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } };
    const body = `${header('1')}\n${JSON.stringify({ put: node })}`;
    expect(await ask('POST /bulk', { headers: BULK, body })).toMatchObject({ code: 200 });
    const before = store.revision();
    const answered = await ask('POST /bulk', {
      token: SHOP_ADMIN,
      headers: BULK,
      body: header('2'),
    });
    expect(answered.code).toBe(403);
    expect(store.revision()).toBe(before);
    expect((await ask('GET /bulk/east')).text).toContain('"checkpoint":"1"');
  });
});

describe('a page of a browser', () => {
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const PODS = '/api/v1/namespaces/shop/pods';

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])(
    'gets nothing by %s without a token, whatever host it believes to be at',
    async (method) => {
      const answered = await ask(`${method} ${PODS}`, {
        token: null,
        headers: {
          ...headers,
          host: 'rebound.example',
          cookie: `token=${ADMIN.token}`,
          'content-type': 'text/plain',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      });
      expect(answered.code).toBe(401);
      expect([...answered.headers.keys()].join()).not.toContain('access-control');
    },
  );

  it('is never allowed to read an answer, or to send a token', async () => {
    for (const line of [
      `GET ${PODS}`,
      `OPTIONS ${PODS}`,
      'GET /healthz',
      'GET /api',
      'GET /none',
    ]) {
      const answered = await ask(line, { headers });
      expect([...answered.headers.keys()].join()).not.toContain('access-control');
    }
  });
});
