import { describe, expect, it } from 'vitest';

import {
  ADMIN,
  configMap,
  harness,
  LEASES,
  NEIGHBOUR,
  pod,
  PODS,
  READER,
  REGISTRAR,
  SERVICES,
  SHOP_ADMIN,
} from '../../test/harness/harness.ts';
import type { Token } from './access.ts';
import { authenticator } from './authenticate.ts';

const REVIEW = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

const LEASE = { metadata: { name: 'web' }, spec: { leaseDurationSeconds: 10 } };

function registered(podIP?: unknown, rest: Readonly<Record<string, unknown>> = {}): object {
  return pod('web', {
    metadata: { annotations: { 'portolan.dev/lease': 'web' } },
    ...(podIP !== undefined && { status: { podIP } }),
    ...rest,
  });
}

describe('who has no good token', () => {
  it.each([
    ['none', {}],
    ['another scheme', { authorization: `Basic ${ADMIN.token}` }],
    ['a wrong one', { authorization: 'Bearer wrong-token-0123456789' }],
    ['half of one', { authorization: `Bearer ${ADMIN.token.slice(0, -1)}` }],
    ['an empty one', { authorization: 'Bearer ' }],
    ['one too many', { authorization: `Bearer ${ADMIN.token}, Bearer ${ADMIN.token}` }],
  ])('is nobody: %s', async (_, headers) => {
    const { ask } = harness();
    for (const line of ['GET /api', 'GET /version', `GET ${PODS}`, `POST ${PODS}`, 'GET /none']) {
      const response = await ask(line, { token: null, headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({
        kind: 'Status',
        reason: 'Unauthorized',
        message: 'Unauthorized',
      });
    }
  });

  it('may ask after our health', async () => {
    const { ask } = harness();
    for (const path of ['/healthz', '/livez', '/readyz']) {
      const response = await ask(`GET ${path}`, { token: null });
      expect([response.status, await response.text()]).toEqual([200, 'ok']);
    }
  });

  it('is everybody where there are no tokens', async () => {
    const { ask } = harness({ tokens: [] });
    expect((await ask('GET /api')).status).toBe(401);
  });

  it('has a scheme in whatever case', async () => {
    const { ask } = harness();
    const headers = { authorization: `bearer ${ADMIN.token}` };
    expect((await ask('GET /api', { token: null, headers })).status).toBe(200);
  });
});

describe('tokens', () => {
  const token = (rest: Partial<Token>): Token => ({ ...ADMIN, ...rest });

  it.each([
    ['too short', [token({ token: 'short' })]],
    ['no b64token', [token({ token: 'no token, but a sentence' })]],
    ['given twice', [ADMIN, token({ name: 'twin' })]],
    ['called the same', [ADMIN, token({ role: 'read', token: 'another-token-0123456789' })]],
    ['called nothing', [token({ name: '' })]],
    ['called what would be two lines of a log', [token({ name: 'a\nb' })]],
    ['for a namespace that would be all of them', [token({ namespaces: ['shop', ''] })]],
    ['for a namespace that is no name', [token({ namespaces: ['../x'] })]],
    ['for addresses that are none', [token({ addresses: ['10.0.0.0'] })]],
    ['for registering, and their name is no label', [token({ role: 'register', name: 'a b' })]],
  ])('are refused when %s', (_, tokens) => {
    expect(() => authenticator(tokens)).toThrow(TypeError);
  });

  it('are not named where they are refused', () => {
    const faulty = [token({ token: 'no token, but a sentence' }), token({ name: 'a b' })];
    for (const each of faulty) {
      expect(() => authenticator([each])).not.toThrow(each.token);
    }
  });

  it.each(['admin', 'read', 'register'] as const)(
    'of the role %s and for no namespaces are good for nothing',
    async (role) => {
      const nobody = token({ role, namespaces: [] });
      const { ask } = harness({ tokens: [nobody] });
      for (const path of [PODS, `${PODS}/web`, '/api/v1/pods', '/api/v1/nodes', '/bulk/east']) {
        expect((await ask(`GET ${path}`, { token: nobody })).status).toBe(403);
      }
    },
  );
});

describe('a token for reading', () => {
  it('reads everything but Secrets', async () => {
    const { json, store } = harness();
    store.commit([
      { put: configMap('a', 'shop') },
      { put: { ...configMap('s', 'shop'), kind: 'Secret' } },
    ]);
    const token = READER;
    expect(await json('GET /api/v1/configmaps', { token })).toMatchObject({ httpCode: 200 });
    expect(await json('GET /api/v1/nodes', { token })).toMatchObject({ httpCode: 200 });
    for (const path of [
      '/api/v1/secrets',
      '/api/v1/secrets?watch=1',
      '/api/v1/namespaces/shop/secrets/s',
      '/api/v1/namespaces/shop/secrets/none',
    ]) {
      expect(await json(`GET ${path}`, { token })).toMatchObject({
        code: 403,
        reason: 'Forbidden',
      });
    }
  });

  it('writes nothing', async () => {
    const { json } = harness();
    await json(`POST ${PODS}`, { body: pod('web') });
    for (const [line, verb] of [
      [`POST ${PODS}`, 'create'],
      [`PUT ${PODS}/web`, 'update'],
      [`PATCH ${PODS}/web`, 'patch'],
      [`DELETE ${PODS}/web`, 'delete'],
      [`DELETE ${PODS}`, 'deletecollection'],
    ]) {
      const refused = await json(`${line}`, {
        token: READER,
        ...(verb !== 'delete' && { body: {} }),
      });
      expect(refused).toMatchObject({
        code: 403,
        message: expect.stringContaining(
          `User "eve" cannot ${verb} resource "pods" in API group "" in the namespace "shop"`,
        ),
      });
    }
    expect(await json('POST /bulk', { token: READER, body: '' })).toMatchObject({ code: 403 });
  });
});

describe('a token for some namespaces', () => {
  it('is good in them, and for nothing that has none', async () => {
    const { json } = harness();
    const token = SHOP_ADMIN;
    expect(await json(`POST ${PODS}`, { token, body: pod('web') })).toMatchObject({
      httpCode: 201,
    });
    expect(await json(`GET ${PODS}`, { token })).toMatchObject({ httpCode: 200 });
    expect(await json('GET /api/v1/namespaces/shop', { token })).toMatchObject({ httpCode: 200 });
    expect(await json('GET /api/v1/pods', { token })).toMatchObject({
      code: 403,
      message:
        'pods is forbidden: User "shopkeeper" cannot list resource "pods" in API group "" at the cluster scope',
      details: { kind: 'pods' },
    });
    for (const line of [
      'GET /api/v1/namespaces/attic/pods',
      'GET /api/v1/namespaces',
      'GET /api/v1/namespaces/attic',
      'GET /api/v1/nodes',
      'DELETE /api/v1/namespaces/shop',
    ]) {
      expect(await json(line, { token })).toMatchObject({ code: 403 });
    }
  });
});

describe('a token for registering', () => {
  const token = REGISTRAR;

  it('keeps Pods of its own, marked as such, with their Lease', async () => {
    const { json } = harness();
    const label = { 'portolan.dev/registered-by': 'shop-pods' };
    expect(await json(`POST ${LEASES}`, { token, body: LEASE })).toMatchObject({
      httpCode: 201,
      metadata: { labels: label },
    });
    expect(await json(`POST ${PODS}`, { token, body: registered('10.1.2.3') })).toMatchObject({
      httpCode: 201,
      metadata: { labels: label },
    });
    const headers = { 'content-type': 'application/merge-patch+json' };
    const body = { metadata: { labels: { 'portolan.dev/registered-by': 'somebody', app: 'web' } } };
    expect(await json(`PATCH ${PODS}/web`, { token, headers, body })).toMatchObject({
      httpCode: 200,
      metadata: { labels: { ...label, app: 'web' } },
    });
    expect(await json(`PUT ${LEASES}/web`, { token, body: LEASE })).toMatchObject({
      httpCode: 200,
    });
    expect(await json(`GET ${PODS}/web`, { token })).toMatchObject({ httpCode: 200 });
    expect(
      await json(`PATCH ${PODS}/web/status`, {
        token,
        headers,
        body: { status: { phase: 'Running' } },
      }),
    ).toMatchObject({ httpCode: 200, status: { podIP: '10.1.2.3' } });
    expect(await json(`DELETE ${PODS}/web`, { token })).toMatchObject({ httpCode: 200 });
    expect(await json(`DELETE ${LEASES}/web`, { token })).toMatchObject({ httpCode: 200 });
  });

  it('touches nothing of anybody else', async () => {
    const { json, store } = harness();
    await json(`POST ${PODS}`, { body: registered('10.1.2.3') });
    await json(`POST ${LEASES}`, { token: NEIGHBOUR, body: LEASE });
    const before = store.revision();
    const headers = { 'content-type': 'application/merge-patch+json' };
    for (const path of [`${PODS}/web`, `${LEASES}/web`]) {
      const label = { labels: { 'portolan.dev/registered-by': 'shop-pods' } };
      const body = { metadata: { name: 'web', ...label } };
      expect(await json(`GET ${path}`, { token })).toMatchObject({ code: 403 });
      expect(await json(`PUT ${path}`, { token, body })).toMatchObject({ code: 403 });
      expect(await json(`PATCH ${path}`, { token, headers, body })).toMatchObject({ code: 403 });
      expect(await json(`DELETE ${path}`, { token })).toMatchObject({ code: 403 });
    }
    expect(store.revision()).toBe(before);
  });

  it.each([
    `GET ${PODS}`,
    `GET ${PODS}?watch=1`,
    `DELETE ${PODS}`,
    `GET ${SERVICES}/web`,
    'GET /api/v1/namespaces/attic/pods/web',
    'GET /api/v1/namespaces/shop/configmaps/web',
    `GET /api/v1/namespaces/shop/secrets/web`,
  ])('may not %s', async (line) => {
    const { json } = harness();
    expect(await json(line, { token })).toMatchObject({ code: 403 });
  });

  it.each([
    ['an address elsewhere', registered('10.2.0.1')],
    [
      'an address elsewhere among others',
      registered('10.1.0.1', {
        status: { podIP: '10.1.0.1', podIPs: [{ ip: '10.1.0.1' }, { ip: '8.8.8.8' }] },
      }),
    ],
    ['an IPv4 address inside an IPv6 one', registered('::ffff:127.0.0.1')],
    ['something that is no address', registered('shop.example')],
    ['a number for an address', registered(5)],
    ['no address', registered()],
    ['no lease', pod('web', { status: { podIP: '10.1.0.1' } })],
    [
      'no proper lease',
      pod('web', {
        metadata: { annotations: { 'portolan.dev/lease': '../x' } },
        status: { podIP: '10.1.0.1' },
      }),
    ],
  ])('may not register a Pod with %s', async (_, body) => {
    const { json, store } = harness();
    expect(await json(`POST ${PODS}`, { token, body })).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message: expect.stringMatching(/^pods "web" is forbidden: /),
    });
    expect(store.list('pods')).toEqual([]);
  });

  it('may not have a Pod kept alive by somebody else’s Lease', async () => {
    const { json } = harness();
    await json(`POST ${LEASES}`, { token: NEIGHBOUR, body: LEASE });
    expect(await json(`POST ${PODS}`, { token, body: registered('10.1.0.1') })).toMatchObject({
      code: 403,
      message: 'pods "web" is forbidden: the Lease "web" is not its own',
    });
  });

  it('may not change a Pod into what it could not register', async () => {
    const { json } = harness();
    await json(`POST ${PODS}`, { token, body: registered('10.1.0.1') });
    const headers = { 'content-type': 'application/merge-patch+json' };
    for (const [path, body] of [
      [`${PODS}/web`, { status: { podIP: '127.0.0.1' } }],
      [`${PODS}/web/status`, { status: { podIP: '127.0.0.1' } }],
      [`${PODS}/web`, { metadata: { annotations: null } }],
    ] as const) {
      expect(await json(`PATCH ${path}`, { token, headers, body })).toMatchObject({ code: 403 });
    }
  });

  it('may not register what is large, nor patch it large bit by bit', async () => {
    const { json, store } = harness();
    const large = registered('10.1.0.1', { data: 'x'.repeat(65_536) });
    for (const line of [
      `POST ${PODS}`,
      `PUT ${PODS}/web`,
      `POST ${REVIEW}`,
      `DELETE ${PODS}/web`,
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await json(line, { token, body: large })).toMatchObject({ code: 413 });
    }
    await json(`POST ${PODS}`, { token, body: registered('10.1.0.1') });
    const headers = { 'content-type': 'application/apply-patch+yaml' };
    for (let index = 0; index < 4; index += 1) {
      const labels = Object.fromEntries(
        Array.from({ length: 400 }, (_, each) => [`${'a'.repeat(50)}-${index}-${each}`, 'x']),
      );
      const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels } };
      await json(`PATCH ${PODS}/web?fieldManager=m${index}`, { token, headers, body });
    }
    expect(JSON.stringify(store.list('pods')).length).toBeLessThan(140_000);
    expect(Object.keys(store.list('pods')[0]?.metadata.labels ?? {}).length).toBeLessThan(1000);
  });

  it('may not have a Lease that holds for more than a day', async () => {
    const { json } = harness();
    const lease = (leaseDurationSeconds: number): object => ({
      ...LEASE,
      spec: { leaseDurationSeconds },
    });
    const ask = (line: string, body: object): Promise<Record<string, unknown>> =>
      json(line, { token, body, headers: { 'content-type': 'application/json' } });
    expect(await ask(`POST ${LEASES}`, lease(86_401))).toMatchObject({ code: 403 });
    expect(await ask(`POST ${LEASES}`, lease(86_400))).toMatchObject({ httpCode: 201 });
    expect(await ask(`PUT ${LEASES}/web`, lease(2 ** 31 - 1))).toMatchObject({ code: 403 });
  });

  it.each([
    '127.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    'fe80::1',
    '::ffff:169.254.169.254',
  ])('that names no addresses may not register %s', async (podIP) => {
    const { json } = harness();
    const body = registered(podIP);
    expect(await json(`POST ${PODS}`, { token: NEIGHBOUR, body })).toMatchObject({ code: 403 });
  });

  it('that names no addresses may register others', async () => {
    const { json } = harness();
    const body = registered('192.168.1.7');
    expect(await json(`POST ${PODS}`, { token: NEIGHBOUR, body })).toMatchObject({ httpCode: 201 });
  });
});

describe('asking who one is, and what one may do', () => {
  it.each([
    [ADMIN, 'post', true],
    [SHOP_ADMIN, 'post', false],
    [READER, 'post', false],
    [READER, 'get', true],
  ])('$name is told what it may %s beside resources', async (token, verb, allowed) => {
    const { json } = harness();
    const body = { spec: { nonResourceAttributes: { path: '/bulk', verb } } };
    expect(await json(`POST ${REVIEW}`, { token, body })).toMatchObject({ status: { allowed } });
  });

  it.each([
    [ADMIN, { verb: '*', resource: '*' }, true],
    [SHOP_ADMIN, { verb: '*', resource: '*' }, false],
    [SHOP_ADMIN, { verb: 'delete', resource: 'pods', namespace: 'shop' }, true],
    [SHOP_ADMIN, { verb: 'delete', resource: 'pods', namespace: 'attic' }, false],
    [READER, { verb: 'list', resource: 'ingresses', group: 'networking.k8s.io' }, true],
    [READER, { verb: 'list', resource: 'secrets' }, false],
    [READER, { verb: 'create', resource: 'pods', namespace: 'shop' }, false],
    [REGISTRAR, { verb: 'create', resource: 'pods', namespace: 'shop' }, true],
    [ADMIN, { verb: 'create', resource: 'unicorns' }, false],
  ])('$0.name with %j is answered', async (token, resourceAttributes, allowed) => {
    const { json } = harness();
    const body = { spec: { resourceAttributes } };
    expect(await json(`POST ${REVIEW}`, { token, body })).toMatchObject({
      httpCode: 201,
      kind: 'SelfSubjectAccessReview',
      status: { allowed },
    });
  });

  it('tells the name of one’s token', async () => {
    const { json } = harness();
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    expect(await json(`POST ${path}`, { token: READER, body: {} })).toMatchObject({
      kind: 'SelfSubjectReview',
      status: { userInfo: { username: 'eve' } },
    });
    expect(await json(`GET ${path}`)).toMatchObject({ code: 405 });
  });
});
