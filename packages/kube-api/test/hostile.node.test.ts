import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

import { serve } from '@portolan/node';
import { openStore, type Store, type StoredObject } from '@portolan/store';
import { assert, asyncProperty, integer } from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

// With the admission that it has in production.
import { createControlPlane, type ControlPlane } from '../../control-plane/src/index.ts';
import { createKubeAPI, type AuditEvent, type Token } from '../src/index.ts';
import { ADMIN, LENIENT, NEIGHBOUR, READER, REGISTRAR } from './harness/harness.ts';

const SHOP = '/api/v1/namespaces/shop';
const CONFIG_MAPS = `${SHOP}/configmaps`;
const PODS = `${SHOP}/pods`;
const LEASES = '/apis/coordination.k8s.io/v1/namespaces/shop/leases';

const MERGE = { 'content-type': 'application/merge-patch+json' };
const STRATEGIC = { 'content-type': 'application/strategic-merge-patch+json' };
const JSON_PATCH = { 'content-type': 'application/json-patch+json' };
const YAML = { 'content-type': 'application/yaml' };
const BULK = { 'content-type': 'application/x-ndjson' };

const MEBIBYTE = 1024 * 1024;

const configMap = (name: unknown, data: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

const pod = (name: string, address: unknown = '10.1.0.5', metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, annotations: { 'portolan.dev/lease': name }, ...metadata },
  spec: { containers: [{ name: 'web', image: 'registered' }] },
  status: { phase: 'Running', podIP: address, podIPs: [{ ip: address }] },
});

let store: Store;
let plane: ControlPlane;
let server: Awaited<ReturnType<typeof serve>>;
let canary: StoredObject | undefined;
const audited: AuditEvent[] = [];
const warnings: string[] = [];

const get = (name: string, resource = 'configmaps'): StoredObject | undefined =>
  store.get({ resource, namespace: 'shop', name });

beforeAll(async () => {
  store = openStore();
  plane = createControlPlane({
    store,
    tokens: [ADMIN, READER, REGISTRAR, NEIGHBOUR],
    prefix: '',
    audit: (event) => audited.push(event),
    warn: (message) => warnings.push(message),
  });
  server = await serve(plane.fetch, { hostname: '127.0.0.1' });
  await ask(`POST ${CONFIG_MAPS}`, { body: configMap('canary', { sings: 'yes' }) });
  canary = get('canary');
});

afterEach(() => {
  if (canary === undefined || get('canary') !== canary) throw new Error('the canary is lost');
});

afterAll(async () => {
  await server.close();
  await plane.close();
});

interface Asking {
  readonly token?: Token | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | object | string;
  readonly port?: number;
}

interface Answered {
  readonly code: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly json: unknown;
}

/** One request over a connection of its own. */
async function ask(line: string, asking: Asking = {}): Promise<Answered> {
  const { token = ADMIN, headers = {}, body, port = server.port } = asking;
  const [method = '', path = ''] = line.split(' ');
  const content = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const request = http.request({
    host: '127.0.0.1',
    port,
    method,
    path,
    agent: false,
    headers: {
      ...(token && { authorization: `Bearer ${token.token}` }),
      ...(content !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(content),
      }),
      ...headers,
    },
  });
  request.end(content);
  const [response]: http.IncomingMessage[] = await once(request, 'response');
  if (response === undefined) throw new Error('no response');
  const json: unknown = JSON.parse(await text(response));
  return { code: response.statusCode, headers: response.headers, json };
}

/** What an answer is that says no as Kubernetes says it. */
const refused = (code: number, reason: string): object => ({
  code,
  headers: { 'content-type': 'application/json', 'audit-id': expect.any(String) },
  json: {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: expect.stringMatching(/\S/),
    reason,
    code,
  },
});

describe('content that can not be read', () => {
  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['NUL', '\0'],
    ['lists within lists, 100 000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects within objects, 100 000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['a name that is a number', '{"metadata":{"name":1}}'],
    ['metadata that is a number', '{"metadata":1}'],
    ['labels that are a number', '{"metadata":{"name":"x","labels":1}}'],
    ['data that is no text', '{"metadata":{"name":"x"},"data":{"a":{"b":1}}}'],
    ['another kind', '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"}}'],
    ['a kind that is an object', '{"kind":{},"metadata":{"name":"x"}}'],
    ['another namespace', '{"metadata":{"name":"x","namespace":"attic"}}'],
  ])('%s is 400', async (_, body) => {
    const answered = await ask(`POST ${CONFIG_MAPS}`, { body });
    expect(answered).toMatchObject(refused(400, 'BadRequest'));
    expect(get('x')).toBeUndefined();
  });

  it('JSON that breaks off is 400, wherever it does', async () => {
    const whole = JSON.stringify(configMap('x', { a: 'é', b: '\u{1f6a2}\n' }));
    await assert(
      asyncProperty(integer({ min: 0, max: Buffer.byteLength(whole) - 1 }), async (end) => {
        const body = Buffer.from(whole).subarray(0, end);
        const answered = await ask(`POST ${CONFIG_MAPS}`, { body });
        expect(answered).toMatchObject(refused(400, 'BadRequest'));
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it.each([
    ['lists within lists', '['.repeat(5000)],
    ['lists within lists by dashes', '- '.repeat(5000)],
    ['two documents', 'metadata: {name: x}\n---\nmetadata: {name: y}\n'],
    ['a tag of a language', '!!js/function "x"'],
    [
      'aliases of aliases',
      Array.from({ length: 9 }, (_, i) => `k${i}: &a${i} [${`*a${i - 1},`.repeat(i && 9)}x]`).join(
        '\n',
      ),
    ],
  ])('YAML with %s is 400', async (_, body) => {
    const answered = await ask(`POST ${CONFIG_MAPS}`, { body, headers: YAML });
    expect(answered).toMatchObject(refused(400, 'BadRequest'));
  });

  it.each([
    ['no list of operations', JSON_PATCH, '{}', 400, 'BadRequest'],
    ['an operation that is a number', JSON_PATCH, '[1]', 400, 'BadRequest'],
    ['an unknown operation', JSON_PATCH, '[{"op":"x","path":"/"}]', 400, 'BadRequest'],
    ['a path that leads nowhere', JSON_PATCH, '[{"op":"remove","path":"/x/y"}]', 422, 'Invalid'],
    [
      'more operations than anybody needs',
      JSON_PATCH,
      `[${'{"op":"remove","path":"/data/sings"},'.repeat(20_000)}{}]`,
      413,
      'RequestEntityTooLarge',
    ],
    ['no object', MERGE, '[]', 400, 'BadRequest'],
    ['no metadata', MERGE, '{"metadata":null}', 400, 'BadRequest'],
    ['another name', MERGE, '{"metadata":{"name":"x"}}', 400, 'BadRequest'],
    ['another uid', MERGE, '{"metadata":{"uid":"1"}}', 409, 'Conflict'],
    ['an old revision', MERGE, '{"metadata":{"resourceVersion":"1"}}', 409, 'Conflict'],
    ['an unknown directive', STRATEGIC, '{"$patch":"x"}', 400, 'BadRequest'],
    ['a directive that deletes it all', STRATEGIC, '{"$patch":"delete"}', 400, 'BadRequest'],
  ])('a patch with %s is refused', async (_, headers, body, code, reason) => {
    const answered = await ask(`PATCH ${CONFIG_MAPS}/canary`, { body, headers });
    expect(answered).toMatchObject(refused(code, reason));
  });

  it.each(['text/plain', 'application/cbor', 'multipart/form-data', '*/*', ''])(
    'of the type "%s" is 415',
    async (type) => {
      const headers = { 'content-type': type };
      const body = configMap('x');
      for (const line of [`POST ${CONFIG_MAPS}`, `PATCH ${CONFIG_MAPS}/canary`]) {
        const answered = await ask(line, { body, headers });
        expect(answered).toMatchObject(refused(415, 'UnsupportedMediaType'));
      }
    },
  );
});

describe('a deletion', () => {
  it.each([
    ['of what is another object by now', '{"preconditions":{"uid":"1"}}', 409, 'Conflict'],
    ['of another revision', '{"preconditions":{"resourceVersion":"1"}}', 409, 'Conflict'],
    ['with options that break off', '{"preconditions":{"uid":', 400, 'BadRequest'],
    ['with options of another kind', '{"kind":"Pod","apiVersion":"v1"}', 400, 'BadRequest'],
    ['with a grace period below 0', '{"gracePeriodSeconds":-5}', 422, 'Invalid'],
    ['with an unknown policy', '{"propagationPolicy":"x"}', 422, 'Invalid'],
    ['with options of 4 MB', `{"x":"${'x'.repeat(4 * MEBIBYTE)}"}`, 413, 'RequestEntityTooLarge'],
  ])('%s is refused', async (_, body, code, reason) => {
    const answered = await ask(`DELETE ${CONFIG_MAPS}/canary`, { body });
    expect(answered).toMatchObject(refused(code, reason));
  });
});

describe('a field that is given twice', () => {
  const twice = '{"metadata":{"name":"twice"},"data":{"a":"1","a":"2"}}';

  it('is 400 where validation is strict, as kubectl asks for it', async () => {
    const answered = await ask(`POST ${CONFIG_MAPS}?fieldValidation=Strict`, { body: twice });
    expect(answered).toMatchObject(refused(400, 'BadRequest'));
  });

  it('is warned of otherwise, and the last counts', async () => {
    const { code, headers } = await ask(`POST ${CONFIG_MAPS}`, { body: twice });
    expect(code).toBe(201);
    expect(headers).toMatchObject({ warning: '299 - "duplicate field \\"data.a\\""' });
    expect(get('twice')).toMatchObject({ data: { a: '2' } });
  });
});

describe('keys that mean something in JavaScript', () => {
  it('are keys like any other, and touch nothing else', async () => {
    const body = '{"metadata":{"name":"keys"},"data":{"__proto__":"a","constructor":"b"}}';
    const patches = [
      [MERGE, '{"data":{"__proto__":"c"},"__proto__":{"polluted":1}}'],
      [STRATEGIC, '{"data":{"toString":"d"},"__proto__":{"polluted":1}}'],
      [JSON_PATCH, '[{"op":"replace","path":"/data/constructor","value":"e"}]'],
    ] as const;
    expect(await ask(`POST ${CONFIG_MAPS}`, { body })).toMatchObject({ code: 201 });
    for (const [headers, patch] of patches) {
      const answered = await ask(`PATCH ${CONFIG_MAPS}/keys`, { body: patch, headers });
      expect(answered).toMatchObject({ code: 200 });
    }
    expect(new Map(Object.entries(Object(get('keys')?.data)))).toEqual(
      new Map([
        ['__proto__', 'c'],
        ['constructor', 'e'],
        ['toString', 'd'],
      ]),
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('are keys to server-side apply, too, and no fields that an object could have', async () => {
    const apply = (name: string, rest: string): Promise<Answered> =>
      ask(`PATCH ${CONFIG_MAPS}/${name}?fieldManager=a`, {
        body: `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"${name}"},${rest}}`,
        headers: { 'content-type': 'application/apply-patch+yaml' },
      });
    const polluting = await apply('x', '"__proto__":{"polluted":1}');
    expect(polluting).toMatchObject(refused(400, 'BadRequest'));
    const data = '"data":{"__proto__":"a","constructor":"b"}';
    expect(await apply('applied', data)).toMatchObject({ code: 201 });
    expect(await apply('applied', data)).toMatchObject({ code: 200 });
    expect(Object.entries(Object(get('applied')?.data))).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    expect(await apply('applied', '"data":{"constructor":"b"}')).toMatchObject({ code: 200 });
    expect(Object.keys(Object(get('applied')?.data))).toEqual(['constructor']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each([
    ['add', '/__proto__/polluted'],
    ['add', '/constructor/prototype/polluted'],
    ['remove', '/data/__proto__'],
  ])('are no way out of the object: %s %s is 422', async (op, path) => {
    const body = [{ op, path, value: 1 }];
    const answered = await ask(`PATCH ${CONFIG_MAPS}/canary`, { body, headers: JSON_PATCH });
    expect(answered).toMatchObject(refused(422, 'Invalid'));
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('are no names of labels', async () => {
    const body = '{"metadata":{"name":"x","labels":{"__proto__":"y"}}}';
    const answered = await ask(`POST ${CONFIG_MAPS}`, { body });
    expect(answered).toMatchObject(refused(422, 'Invalid'));
  });
});

describe('a name that is none', () => {
  it.each([
    ['a/b', 400, 'BadRequest'],
    ['..', 400, 'BadRequest'],
    ['../pods', 400, 'BadRequest'],
    ['a%2Fb', 400, 'BadRequest'],
    ['', 422, 'Invalid'],
    ['A', 422, 'Invalid'],
    ['-a', 422, 'Invalid'],
    ['a..b', 422, 'Invalid'],
    ['a\0b', 422, 'Invalid'],
    ['a\n', 422, 'Invalid'],
    ['\u202e', 422, 'Invalid'],
    ['\ud800', 422, 'Invalid'],
    ['a'.repeat(254), 422, 'Invalid'],
  ])('%j is refused in the content', async (name, code, reason) => {
    const answered = await ask(`POST ${CONFIG_MAPS}`, { body: configMap(name) });
    expect(answered).toMatchObject(refused(code, reason));
  });

  it.each([
    ['a%2Fb', 400, 'BadRequest'],
    ['..%2fcanary', 400, 'BadRequest'],
    ['%2525', 400, 'BadRequest'],
    ['%ff', 400, 'BadRequest'],
    ['%zz', 400, 'BadRequest'],
    ['%00', 404, 'NotFound'],
    ['%0d%0aX-Injected:%20y', 404, 'NotFound'],
    ['..;', 404, 'NotFound'],
    ['__proto__', 404, 'NotFound'],
  ])('%s is refused in the path', async (name, code, reason) => {
    const answers = [
      await ask(`GET ${CONFIG_MAPS}/${name}`),
      await ask(`PATCH ${CONFIG_MAPS}/${name}`, { body: '{}', headers: MERGE }),
      await ask(`DELETE ${CONFIG_MAPS}/${name}`),
    ];
    for (const answered of answers) expect(answered).toMatchObject(refused(code, reason));
  });

  it.each(['a%2Fb', '%00', 'A', 'kube%0asystem'])('%s is no namespace', async (namespace) => {
    const { code, json } = await ask(`POST /api/v1/namespaces/${namespace}/configmaps`, {
      body: configMap('x'),
    });
    expect([400, 422]).toContain(code);
    expect(json).toMatchObject({ kind: 'Status', status: 'Failure', code });
  });
});

/** Sends a head and then the same bytes over and over; resolves with the answer, and with how many bytes went out. */
async function flood(
  head: readonly string[],
  chunk: Buffer,
  times: number,
): Promise<{ readonly answer: string; readonly sent: number }> {
  const socket = net.connect(server.port, '127.0.0.1');
  let answer = '';
  let sent = 0;
  socket.on('data', (data) => (answer += String(data)));
  // The server closes while more is coming.
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  while (sent < times * chunk.length && socket.writable) {
    sent += chunk.length;
    if (!socket.write(chunk))
      await Promise.race([once(socket, 'drain'), closed]).catch(() => undefined);
  }
  await closed;
  return { answer, sent };
}

describe('content that is too large', () => {
  const bearer = `Authorization: Bearer ${ADMIN.token}`;
  const spaces = Buffer.alloc(MEBIBYTE, ' ');
  const chunked = Buffer.concat([Buffer.from('100000\r\n'), spaces, Buffer.from('\r\n')]);
  const head = [`POST ${CONFIG_MAPS} HTTP/1.1`, 'Host: a', 'Content-Type: application/json'];

  it.each([
    ['of 100 MB in chunks', [bearer, 'Transfer-Encoding: chunked'], chunked, 413],
    ['of 100 MB that are announced', [bearer, 'Content-Length: 104857600'], spaces, 413],
    ['of 100 MB of a stranger', ['Transfer-Encoding: chunked'], chunked, 401],
  ])('%s is refused before it has all come', async (_, fields, chunk, code) => {
    const { answer, sent } = await flood([...head, ...fields], chunk, 100);
    const [start = '', ...rest] = answer.split('\r\n');
    expect(start.split(' ')[1]).toBe(`${code}`);
    expect(rest.join('\n')).toContain(`"status":"Failure"`);
    expect(rest.join('\n')).toContain(`"code":${code}`);
    expect(sent).toBeLessThan(80 * MEBIBYTE);
  });

  it('of objects may not be compressed: 415', async () => {
    const body = gzipSync(JSON.stringify(configMap('x')));
    const headers = { 'content-encoding': 'gzip' };
    const answered = await ask(`POST ${CONFIG_MAPS}`, { body, headers });
    expect(answered).toMatchObject(refused(415, 'UnsupportedMediaType'));
  });

  it('of bulk writes may be compressed, but not to a line of 200 MB: 413', async () => {
    const body = gzipSync(Buffer.alloc(200 * MEBIBYTE, ' '));
    const headers = { ...BULK, 'content-encoding': 'gzip' };
    const answered = await ask('POST /bulk', { body, headers });
    expect(answered).toMatchObject(refused(413, 'RequestEntityTooLarge'));
  });

  it.each([
    ['breaks off', gzipSync('{"source":"a","since":null,"next":"1"}\n').subarray(0, 20)],
    ['is none', Buffer.from('{"source":"a","since":null,"next":"1"}\n')],
    ['is packed twice', gzipSync(gzipSync('{"source":"a","since":null,"next":"1"}\n'))],
  ])('and gzip that %s is 400', async (_, body) => {
    const headers = { ...BULK, 'content-encoding': 'gzip' };
    expect(await ask('POST /bulk', { body, headers })).toMatchObject(refused(400, 'BadRequest'));
  });
});

describe('a token that is none', () => {
  it.each([
    ['nothing', {}],
    ['another scheme', { authorization: `Basic ${ADMIN.token}` }],
    ['no scheme', { authorization: ADMIN.token }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['the beginning of a token', { authorization: `Bearer ${ADMIN.token.slice(0, -1)}` }],
    ['a token and more', { authorization: `Bearer ${ADMIN.token}0` }],
    ['a token in other letters', { authorization: `Bearer ${ADMIN.token.toUpperCase()}` }],
    ['two tokens', { authorization: `Bearer ${ADMIN.token}, Bearer ${ADMIN.token}` }],
    ['a property of objects', { authorization: 'Bearer __proto__' }],
  ])('%s is 401 for whatever there is and is not', async (_, headers) => {
    const lines = [
      `GET ${CONFIG_MAPS}/canary`,
      `GET ${CONFIG_MAPS}/nobody`,
      `DELETE ${CONFIG_MAPS}/canary`,
      'GET /nowhere',
    ];
    const answers = await Promise.all(lines.map((line) => ask(line, { token: null, headers })));
    for (const answered of answers) {
      expect(answered).toMatchObject(refused(401, 'Unauthorized'));
      expect(answered.json).toEqual(answers[0]?.json);
    }
  });

  it('is not looked for in the query', async () => {
    const path = `${CONFIG_MAPS}?token=${ADMIN.token}&access_token=${ADMIN.token}`;
    const answered = await ask(`GET ${path}`, { token: null });
    expect(answered).toMatchObject(refused(401, 'Unauthorized'));
  });
});

describe('a token that may only read', () => {
  it.each([
    `POST ${CONFIG_MAPS}`,
    `PUT ${CONFIG_MAPS}/canary`,
    `PATCH ${CONFIG_MAPS}/canary`,
    `DELETE ${CONFIG_MAPS}/canary`,
    `DELETE ${CONFIG_MAPS}`,
    `PUT ${PODS}/x/status`,
    `GET ${SHOP}/secrets`,
    `GET ${SHOP}/secrets/x`,
    `GET ${SHOP}/secrets?watch=1`,
    'POST /bulk',
  ])('gets 403 for %s', async (line) => {
    const answered = await ask(line, {
      token: READER,
      ...(!line.startsWith('GET') && { body: '{}' }),
    });
    expect(answered).toMatchObject(refused(403, 'Forbidden'));
  });
});

describe('a token that registers', () => {
  const as = (token: Token, line: string, rest: Asking = {}): Promise<Answered> =>
    ask(line, { token, ...rest });

  beforeAll(async () => {
    await as(REGISTRAR, `POST ${PODS}`, { body: pod('own') });
    await as(NEIGHBOUR, `POST ${PODS}`, { body: pod('theirs') });
    await ask(`POST ${PODS}`, { body: pod('ours') });
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
    await as(NEIGHBOUR, `POST ${LEASES}`, { body: { ...lease, metadata: { name: 'theirs' } } });
    await ask(`POST ${LEASES}`, { body: { ...lease, metadata: { name: 'leader' } } });
  });

  it.each(['theirs', 'ours'])('may do nothing with the Pod %s of somebody else', async (name) => {
    const before = get(name, 'pods');
    const body = { status: { phase: 'Failed' } };
    const answers = [
      await as(REGISTRAR, `GET ${PODS}/${name}`),
      await as(REGISTRAR, `PUT ${PODS}/${name}`, { body: pod(name) }),
      await as(REGISTRAR, `PUT ${PODS}/${name}/status`, { body: pod(name) }),
      await as(REGISTRAR, `PATCH ${PODS}/${name}`, { body, headers: MERGE }),
      await as(REGISTRAR, `PATCH ${PODS}/${name}/status`, { body, headers: MERGE }),
      await as(REGISTRAR, `DELETE ${PODS}/${name}`),
    ];
    for (const answered of answers) expect(answered).toMatchObject(refused(403, 'Forbidden'));
    expect(get(name, 'pods')).toBe(before);
  });

  it.each([
    `GET ${PODS}`,
    `GET ${PODS}?watch=1`,
    'GET /api/v1/pods',
    `DELETE ${PODS}`,
    `GET ${SHOP}/secrets`,
    `GET ${SHOP}/secrets/x`,
    `POST ${SHOP}/secrets`,
    `POST ${SHOP}/services`,
    `POST ${CONFIG_MAPS}`,
    `GET ${CONFIG_MAPS}/canary`,
    'POST /api/v1/namespaces',
    'DELETE /api/v1/namespaces/shop',
    'GET /api/v1/nodes',
    'POST /api/v1/namespaces/attic/pods',
    `GET ${LEASES}/leader`,
    `DELETE ${LEASES}/theirs`,
    'POST /bulk',
  ])('gets 403 for %s', async (line) => {
    const answered = await as(REGISTRAR, line, line.startsWith('POST') ? { body: '{}' } : {});
    expect(answered).toMatchObject(refused(403, 'Forbidden'));
  });

  it.each([
    ['sets it', MERGE, { metadata: { labels: { 'portolan.dev/registered-by': 'other-pods' } } }],
    ['removes it', MERGE, { metadata: { labels: { 'portolan.dev/registered-by': null } } }],
    ['removes all labels', MERGE, { metadata: { labels: null } }],
    ['removes them by JSON patch', JSON_PATCH, [{ op: 'remove', path: '/metadata/labels' }]],
  ])('keeps the label that says whose its Pod is where it %s', async (_, headers, body) => {
    for (const path of [`${PODS}/own`, `${PODS}/own/status`]) {
      await as(REGISTRAR, `PATCH ${path}`, { body, headers });
      expect(get('own', 'pods')?.metadata.labels).toMatchObject({
        'portolan.dev/registered-by': 'shop-pods',
      });
    }
  });

  it.each([
    ['no Lease', { metadata: { annotations: null } }],
    ['a Lease that is no name', { metadata: { annotations: { 'portolan.dev/lease': '../x' } } }],
    ["somebody else's Lease", { metadata: { annotations: { 'portolan.dev/lease': 'theirs' } } }],
    [
      "the control plane's Lease",
      { metadata: { annotations: { 'portolan.dev/lease': 'leader' } } },
    ],
    ['the mark of a sync', { metadata: { annotations: { 'portolan.dev/source': 'x' } } }],
    ['finalizers', { metadata: { finalizers: ['example.com/forever'] } }],
    ['another address', { status: { podIP: '10.2.0.5', podIPs: null } }],
    [
      'another address among others',
      { status: { podIPs: [{ ip: '10.1.0.5' }, { ip: '10.2.0.5' }] } },
    ],
  ])('may not give its Pod %s', async (_, body) => {
    const before = get('own', 'pods');
    const answered = await as(REGISTRAR, `PATCH ${PODS}/own`, { body, headers: MERGE });
    expect(answered).toMatchObject(refused(403, 'Forbidden'));
    expect(get('own', 'pods')).toBe(before);
  });

  it('may not give its Pod another address by its status either', async () => {
    const body = { status: { podIPs: [{ ip: '10.1.0.5' }, { ip: '127.0.0.1' }] } };
    const answered = await as(REGISTRAR, `PATCH ${PODS}/own/status`, { body, headers: MERGE });
    expect(answered).toMatchObject(refused(403, 'Forbidden'));
  });

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0.0.0.0',
    '::',
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    'fe80::1',
    '224.0.0.1',
    'ff02::1',
    '0.1.2.3',
    '255.255.255.255',
    '192.0.0.192',
    '::127.0.0.1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::a9fe:a9fe',
    'fd00:ec2::254',
    'fd20:ce::254',
    '100.100.100.200',
    '168.63.129.16',
  ])('may not give the address %s, unless it is told to', async (address) => {
    const answered = await as(NEIGHBOUR, `POST ${PODS}`, { body: pod('x', address) });
    expect(answered).toMatchObject(refused(403, 'Forbidden'));
  });

  it.each([
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    'fe80::1%eth0',
    '[::1]',
    'a.example',
    '',
  ])('may not give what is no address: "%s"', async (address) => {
    const answered = await as(NEIGHBOUR, `POST ${PODS}`, { body: pod('x', address) });
    expect(answered).toMatchObject(refused(422, 'Invalid'));
  });
});

describe('50 writers at once', () => {
  const writers = Array.from({ length: 50 }, (_, index) => index);

  it('of one name: one creates it, 49 learn that it is there', async () => {
    const answers = await Promise.all(
      writers.map((writer) =>
        ask(`POST ${CONFIG_MAPS}`, { body: configMap('same', { writer: `${writer}` }) }),
      ),
    );
    const losers = answers.filter(({ code }) => code !== 201);
    expect(losers).toHaveLength(49);
    for (const loser of losers) expect(loser).toMatchObject(refused(409, 'AlreadyExists'));
    const winner = answers.find(({ code }) => code === 201);
    expect(winner?.json).toMatchObject({ data: get('same')?.data });
  });

  it('of one revision: one is kept in each round, 49 are told of a conflict', async () => {
    await ask(`POST ${CONFIG_MAPS}`, { body: configMap('rounds') });
    for (let round = 0; round < 4; round += 1) {
      const { json } = await ask(`GET ${CONFIG_MAPS}/rounds`);
      const answers = await Promise.all(
        writers.map((writer) =>
          ask(`PUT ${CONFIG_MAPS}/rounds`, {
            body: { ...Object(json), data: { writer: `${round}-${writer}` } },
          }),
        ),
      );
      const losers = answers.filter(({ code }) => code !== 200);
      expect(losers).toHaveLength(49);
      for (const loser of losers) expect(loser).toMatchObject(refused(409, 'Conflict'));
      const winner = answers.find(({ code }) => code === 200);
      expect(winner?.json).toMatchObject({ data: get('rounds')?.data });
    }
  });

  it('who count in an annotation lose no count', async () => {
    await ask(`POST ${CONFIG_MAPS}`, { body: configMap('counter') });
    const countOn = async (): Promise<unknown> => {
      const { json } = await ask(`GET ${CONFIG_MAPS}/counter`);
      const { metadata } = Object(json);
      const count = String(Number(metadata.annotations?.count ?? 0) + 1);
      const body = {
        metadata: { resourceVersion: metadata.resourceVersion, annotations: { count } },
      };
      const { code } = await ask(`PATCH ${CONFIG_MAPS}/counter`, { body, headers: MERGE });
      return code === 409 ? countOn() : code;
    };
    const codes = await Promise.all(writers.map(countOn));
    expect(new Set(codes)).toEqual(new Set([200]));
    expect(get('counter')?.metadata.annotations).toEqual({ count: '50' });
  });

  it('who patch different fields lose none', async () => {
    await ask(`POST ${CONFIG_MAPS}`, { body: configMap('fields') });
    await Promise.all(
      writers.map((writer) =>
        ask(`PATCH ${CONFIG_MAPS}/fields`, {
          body: { data: { [`k${writer}`]: 'x' } },
          headers: MERGE,
        }),
      ),
    );
    expect(Object.keys(Object(get('fields')?.data))).toHaveLength(50);
  });

  it('who delete it: one did, 49 find nothing', async () => {
    const answers = await Promise.all(writers.map(() => ask(`DELETE ${CONFIG_MAPS}/same`)));
    const losers = answers.filter(({ code }) => code !== 200);
    expect(losers).toHaveLength(49);
    for (const loser of losers) expect(loser).toMatchObject(refused(404, 'NotFound'));
  });
});

describe('a flood of watches', () => {
  it('is 429 beyond their number, and there is room again when one ends', async () => {
    const api = createKubeAPI({ store, admission: LENIENT, tokens: [ADMIN], maxWatches: 20 });
    const limited = await serve(api.fetch, { hostname: '127.0.0.1' });
    const { port } = limited;
    const path = `${CONFIG_MAPS}?watch=1`;
    const watch = async (): Promise<http.ClientRequest> => {
      const headers = { authorization: `Bearer ${ADMIN.token}` };
      const request = http.get({ host: '127.0.0.1', port, path, headers, agent: false });
      request.on('error', () => undefined);
      const [response]: http.IncomingMessage[] = await once(request, 'response');
      expect(response?.statusCode).toBe(200);
      response?.resume();
      return request;
    };
    const watches = await Promise.all(Array.from({ length: 20 }, watch));
    const excess = await ask(`GET ${path}`, { port });
    expect(excess).toMatchObject(refused(429, 'TooManyRequests'));
    expect(await ask(`GET ${CONFIG_MAPS}/canary`, { port })).toMatchObject({ code: 200 });
    watches[0]?.destroy();
    const room = async (): Promise<http.ClientRequest> => watch().catch(room);
    watches.push(await room());
    for (const each of watches) each.destroy();
    api.close();
    await limited.close();
  });

  it('that nobody reads holds up no write and no other watch', async () => {
    const path = `${CONFIG_MAPS}?watch=1&resourceVersion=${store.revision()}`;
    const authorization = `Authorization: Bearer ${ADMIN.token}`;
    const idle = Array.from({ length: 30 }, () => {
      const socket = net.connect(server.port, '127.0.0.1').pause();
      socket.on('error', () => undefined);
      socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n${authorization}\r\n\r\n`);
      return socket;
    });
    const headers = { authorization: `Bearer ${ADMIN.token}` };
    const reader = http.get({ host: '127.0.0.1', port: server.port, path, headers, agent: false });
    const [response]: http.IncomingMessage[] = await once(reader, 'response');
    let seen = '';
    response?.on('data', (data) => (seen += String(data)));
    for (let index = 0; index < 40; index += 1) {
      const body = configMap(`noise-${index}`, { a: 'x'.repeat(100_000) });
      expect(await ask(`POST ${CONFIG_MAPS}`, { body })).toMatchObject({ code: 201 });
    }
    await expect.poll(() => seen.match(/"type":"ADDED"/g)?.length, { timeout: 20_000 }).toBe(40);
    reader.destroy();
    for (const socket of idle) socket.destroy();
  });
});

describe('after all that', () => {
  it('each refused write stands in the audit log, and no token does', () => {
    const refusals = audited.filter(({ code }) => code >= 400);
    expect(new Set(refusals.map(({ code }) => code))).toEqual(
      new Set([400, 401, 403, 404, 409, 413, 415, 422]),
    );
    const log = JSON.stringify(audited);
    for (const { token } of [ADMIN, READER, REGISTRAR, NEIGHBOUR]) expect(log).not.toContain(token);
  });

  it('nothing is out of order', async () => {
    await plane.settled();
    expect(warnings).toEqual([]);
    expect(await ask(`GET ${CONFIG_MAPS}/canary`)).toMatchObject({
      code: 200,
      json: { data: { sings: 'yes' } },
    });
  });
});
