import { UnavailableError } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { configMap, harness, pod, PODS, REGISTRAR, SERVICES } from '../../test/harness/harness.ts';

describe('a path', () => {
  it.each([
    'GET /apiss',
    'GET /api/v2',
    'GET /api/v1/unicorns',
    'GET /api/v1/namespaces/shop/unicorns',
    'GET /api/v1/namespaces/shop/nodes',
    'GET /api/v1/pods/web',
    'GET /api/v1/namespaces/shop/pods/web/proxy',
    'GET /api/v1/namespaces/shop/services/web/log',
    'GET /api/v1/namespaces/shop/pods/web/scale',
    'GET /healthz/other',
    'GET /api/v1/namespaces/shop/pods/web/status/more',
    'GET /apis/networking.k8s.io/v1beta1/ingresses',
    'GET /apis/constructor/v1',
    'GET /openapi/v9',
    'POST /api/v1/unicorns',
  ])('that nothing is served at is 404: %s', async (line) => {
    const { json } = harness();
    expect(await json(line)).toMatchObject({
      kind: 'Status',
      code: 404,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
  });

  it.each([
    ['GET', 'log'],
    ['POST', 'exec'],
    ['GET', 'exec'],
    ['POST', 'attach'],
    ['POST', 'portforward'],
  ])('that only a kubelet could answer says so: %s %s', async (method, subresource) => {
    const { ask, json } = harness();
    const line = `${method} ${PODS}/web/${subresource}`;
    expect(await json(line)).toMatchObject({ httpCode: 404, message: 'pods "web" not found' });
    await ask(`POST ${PODS}`, { body: pod('web') });
    expect(await json(line)).toMatchObject({
      kind: 'Status',
      httpCode: 400,
      reason: 'BadRequest',
      message: `pods/${subresource} of "web" needs a kubelet, and there is none here`,
    });
    const verb = method === 'GET' ? 'get' : 'create';
    expect(await json(line, { token: REGISTRAR })).toMatchObject({
      httpCode: 403,
      message: expect.stringContaining(`cannot ${verb} resource "pods/${subresource}"`),
    });
  });

  it('of its health says more where it is asked', async () => {
    const { ask } = harness();
    expect(await (await ask('GET /livez/ping')).text()).toBe('ok');
    expect(await (await ask('GET /readyz?verbose')).text()).toBe(
      '[+]ping ok\nreadyz check passed\n',
    );
  });

  it.each([
    'GET /api/v1/namespaces/shop/pods/%zz',
    'GET /api/v1/namespaces/shop/pods/%ff',
    'GET /api/v1/namespaces/shop/pods/a%2Fb',
    'GET /api/v1/namespaces/a%25b/pods',
  ])('that is malformed is 400: %s', async (line) => {
    const { json } = harness();
    expect(await json(line)).toMatchObject({ code: 400, reason: 'BadRequest' });
  });

  it('may have names with escapes', async () => {
    const { json, store } = harness();
    store.commit([{ put: configMap('a.b-c', 'shop') }]);
    expect(await json('GET /api/v1/namespaces/sh%6Fp/configmaps/a%2Eb-c')).toMatchObject({
      metadata: { name: 'a.b-c' },
    });
  });

  it('has a prefix where there is one', async () => {
    const { json } = harness({ prefix: '/.portolan/kube' });
    expect(await json('GET /.portolan/kube/api/v1/pods')).toMatchObject({ kind: 'PodList' });
    expect(await json('GET /api/v1/pods')).toMatchObject({ code: 404 });
    expect(await json('GET /.portolan/kubes/api/v1/pods')).toMatchObject({ code: 404 });
  });
});

describe('a method', () => {
  it.each([
    `POST /api/v1/pods`,
    `POST ${PODS}/web`,
    `PUT ${PODS}`,
    `PATCH ${PODS}`,
    `HEAD ${PODS}`,
    'OPTIONS /api/v1',
    'POST /version',
    'DELETE /healthz',
  ])('that means nothing is 405: %s', async (line) => {
    const { ask } = harness();
    const response = await ask(line);
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ reason: 'MethodNotAllowed', code: 405 });
  });
});

describe('the form of an answer', () => {
  it('is JSON, pretty where it is asked for', async () => {
    const { ask } = harness();
    const plain = await ask('GET /version');
    expect(plain.headers.get('content-type')).toBe('application/json');
    expect((await plain.text()).trimEnd()).not.toContain('\n');
    expect(await (await ask('GET /version?pretty=true')).text()).toContain('\n  "major": "1"');
  });

  it('is YAML where only that is accepted', async () => {
    const { ask } = harness();
    const headers = { accept: 'application/yaml' };
    const response = await ask('GET /version', { headers });
    expect(response.headers.get('content-type')).toBe('application/yaml');
    expect(await response.text()).toContain('major: "1"\n');
    expect(await (await ask(`GET ${PODS}/x`, { headers })).text()).toContain('kind: Status\n');
  });

  it('is the first that there is', async () => {
    const { ask } = harness();
    const accept =
      'application/vnd.kubernetes.protobuf, application/json;as=Nothing;g=x;v=v1, application/json';
    const response = await ask(`GET ${PODS}`, { headers: { accept } });
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it('is refused where there is none, before anything is written', async () => {
    const { json, store } = harness();
    const headers = { accept: 'application/vnd.kubernetes.protobuf' };
    for (const line of [`GET ${PODS}`, `POST ${PODS}`, `GET ${PODS}?watch=1`]) {
      const body = line.startsWith('POST') ? { body: pod('web') } : {};
      expect(await json(line, { headers, ...body })).toMatchObject({
        code: 406,
        reason: 'NotAcceptable',
        message: expect.stringContaining(
          'only the following media types are accepted: application/json',
        ),
      });
    }
    expect(store.list('pods')).toEqual([]);
  });

  it('is no more than the metadata where that is asked for', async () => {
    const { json } = harness();
    await json(`POST ${PODS}`, { body: pod('web') });
    const as = (kind: string): Record<string, string> => ({
      accept: `application/json;as=${kind};g=meta.k8s.io;v=v1`,
    });
    const one = await json(`GET ${PODS}/web`, { headers: as('PartialObjectMetadata') });
    expect(one).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'web' } });
    expect(one).not.toHaveProperty('spec');
    const many = await json(`GET ${PODS}`, { headers: as('PartialObjectMetadataList') });
    expect(many).toMatchObject({
      kind: 'PartialObjectMetadataList',
      items: [{ kind: 'PartialObjectMetadata', metadata: { name: 'web' } }],
    });
  });
});

describe('content that is too large', () => {
  it('is refused when it is announced', async () => {
    const { json } = harness({ maxBody: 100 });
    const body = { metadata: { name: 'x'.repeat(100) } };
    expect(await json(`POST ${PODS}`, { body })).toMatchObject({
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: 'Request entity too large: limit is 100',
    });
  });

  it('is refused as soon as it is there, and read no further', async () => {
    const { api } = harness({ maxBody: 100 });
    let chunks = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        chunks++;
        controller.enqueue(new Uint8Array(60).fill(0x20));
      },
    });
    const init = { method: 'POST', body, duplex: 'half' };
    const headers = {
      authorization: 'Bearer admin-token-0123456789',
      'content-type': 'application/json',
    };
    const response = await api.fetch(new Request(`http://localhost${PODS}`, { ...init, headers }));
    expect(response.status).toBe(413);
    expect(chunks).toBeLessThan(6);
  });

  it('is refused when it is packed', async () => {
    const { json } = harness();
    const headers = { 'content-encoding': 'gzip' };
    expect(await json(`POST ${PODS}`, { headers, body: 'x' })).toMatchObject({ code: 415 });
  });

  it('is refused when it is no UTF-8', async () => {
    const { api } = harness();
    const headers = {
      authorization: 'Bearer admin-token-0123456789',
      'content-type': 'application/json',
    };
    const body = new Uint8Array([0x7b, 0xff, 0x7d]);
    const request = new Request(`http://localhost${PODS}`, { method: 'POST', headers, body });
    expect((await api.fetch(request)).status).toBe(400);
  });
});

describe('a fault inside', () => {
  it('of what keeps the objects is 503, and nothing is written', async () => {
    const { store } = harness();
    const errors: unknown[] = [];
    const { json } = harness({
      onError: (error) => errors.push(error),
      store: {
        ...store,
        commit: () => {
          throw new UnavailableError('disk /dev/sda1 is full');
        },
      },
    });
    const refused = await json(`POST ${PODS}`, { body: pod('web') });
    expect(refused).toMatchObject({ code: 503, reason: 'ServiceUnavailable' });
    expect(JSON.stringify(refused)).not.toContain('sda1');
    expect(errors).toEqual([new UnavailableError('disk /dev/sda1 is full')]);
  });

  it('that nobody foresaw is 500, and told to nobody but the host', async () => {
    const errors: unknown[] = [];
    const { json } = harness({
      onError: (error) => errors.push(error),
      admission: {
        admit: () => {
          throw new Error('secret');
        },
      },
    });
    expect(await json(`POST ${PODS}`, { body: pod('web') })).toEqual({
      httpCode: 500,
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Internal error occurred',
      reason: 'InternalError',
      code: 500,
    });
    expect(errors).toEqual([new Error('secret')]);
  });

  it('is none that objects with odd keys make', async () => {
    const { json } = harness();
    const body =
      '{"metadata":{"name":"web","__proto__":{"x":1}},"__proto__":{"y":1},"spec":{"constructor":1}}';
    expect(await json(`POST ${SERVICES}`, { body })).toMatchObject({ httpCode: 201 });
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
});
