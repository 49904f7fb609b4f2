import { describe, expect, it } from 'vitest';

import { harness, NOON, pod, PODS, SERVICES } from '../../test/harness/harness.ts';

describe('creating an object', () => {
  it('fills in what is the API’s to fill in', async () => {
    const { json } = harness();
    const created = await json(`POST ${PODS}`, {
      body: pod('web', {
        metadata: {
          uid: 'mine',
          creationTimestamp: '2001-01-01T00:00:00Z',
          deletionTimestamp: '2001-01-01T00:00:00Z',
          generation: 7,
          labels: {},
        },
      }),
    });
    expect(created).toMatchObject({
      httpCode: 201,
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        creationTimestamp: new Date(NOON).toISOString().replace('.000Z', 'Z'),
        generation: 1,
        resourceVersion: expect.stringMatching(/^\d+$/),
      },
    });
    expect(created['metadata']).not.toHaveProperty('deletionTimestamp');
    expect(created['metadata']).not.toHaveProperty('labels');
    expect(await json(`GET ${PODS}/web`)).toEqual({ ...created, httpCode: 200 });
  });

  it('takes kind, version and namespace from the URL where it says nothing', async () => {
    const { json } = harness();
    const created = await json(`POST ${PODS}`, { body: { metadata: { name: 'web' } } });
    expect(created).toMatchObject({
      httpCode: 201,
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'shop' },
    });
  });

  it('makes the Namespace that it is in, once', async () => {
    const { json, store } = harness();
    await json(`POST ${PODS}`, { body: pod('one') });
    const namespace = await json('GET /api/v1/namespaces/shop');
    expect(namespace).toMatchObject({
      metadata: { name: 'shop', labels: { 'kubernetes.io/metadata.name': 'shop' } },
      status: { phase: 'Active' },
    });
    await json(`POST ${PODS}`, { body: pod('two') });
    expect(await json('GET /api/v1/namespaces/shop')).toEqual(namespace);
    expect(store.list('namespaces')).toHaveLength(1);
  });

  it('makes a name where it is asked for one', async () => {
    const { json } = harness({ random: () => 0.5 });
    const body = { metadata: { generateName: 'web-' } };
    expect(await json(`POST ${PODS}`, { body })).toMatchObject({
      metadata: { name: 'web-rrrrr', generateName: 'web-' },
    });
    // The source of names has no other one to offer.
    expect(await json(`POST ${PODS}`, { body })).toMatchObject({
      httpCode: 409,
      reason: 'AlreadyExists',
    });
  });

  it('keeps the status of Pods, Services, Ingresses and Nodes, and of nothing else', async () => {
    const { json } = harness();
    const status = { phase: 'Running' };
    expect(await json(`POST ${PODS}`, { body: pod('web', { status }) })).toMatchObject({ status });
    const deployments = '/apis/apps/v1/namespaces/shop/deployments';
    const deployment = await json(`POST ${deployments}`, {
      body: { metadata: { name: 'web' }, spec: {}, status: { replicas: 3 } },
    });
    expect(deployment).toMatchObject({ httpCode: 201 });
    expect(deployment).not.toHaveProperty('status');
  });

  it('changes nothing in a dry run', async () => {
    const { json, store } = harness();
    const before = store.revision();
    expect(await json(`POST ${PODS}?dryRun=All`, { body: pod('web') })).toMatchObject({
      httpCode: 201,
      metadata: { name: 'web' },
    });
    expect(store.revision()).toBe(before);
  });

  it.each([
    ['no object', '[]', 400, 'the object provided is unrecognized (must be of type Pod)'],
    ['no JSON', '{"a":', 400, expect.stringContaining('json parse error')],
    [
      'another kind',
      { kind: 'Service' },
      400,
      'Service in version "v1" cannot be handled as a Pod',
    ],
    [
      'another version',
      { apiVersion: 'apps/v1', kind: 'Pod' },
      400,
      'the API version in the data (apps/v1) does not match the expected API version (v1)',
    ],
    [
      'another namespace',
      { metadata: { name: 'a', namespace: 'attic' } },
      400,
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'a resourceVersion',
      { metadata: { name: 'a', resourceVersion: '3' } },
      400,
      'resourceVersion should not be set on objects to be created',
    ],
    [
      'a name that is no text',
      { metadata: { name: 5 } },
      400,
      'Pod in version "v1" cannot be handled as a Pod: metadata.name must be of type string',
    ],
    [
      'a name that no URL could hold',
      { metadata: { name: 'a/b' } },
      400,
      `invalid resource name "a/b": [may not contain '/']`,
    ],
    [
      'no name',
      {},
      422,
      'Pod "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    ['a body that is too deep', `${'['.repeat(300)}${']'.repeat(300)}`, 400, expect.anything()],
  ])('is refused with %s', async (_, body, code, message) => {
    const { json, store } = harness();
    expect(await json(`POST ${PODS}`, { body })).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      httpCode: code,
      code,
      message,
    });
    expect(store.list('pods')).toEqual([]);
    expect(store.list('namespaces')).toEqual([]);
  });

  it('is refused where there is one of that name', async () => {
    const { json } = harness();
    await json(`POST ${PODS}`, { body: pod('web') });
    expect(await json(`POST ${PODS}`, { body: pod('web') })).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'pods "web" already exists',
      details: { name: 'web', kind: 'pods' },
    });
  });

  it('is refused with every fault that admission finds', async () => {
    const { json } = harness();
    const ingresses = '/apis/networking.k8s.io/v1/namespaces/shop/ingresses';
    const body = { metadata: { name: 'bad' } };
    expect(await json(`POST ${ingresses}`, { body })).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message:
        'Ingress.networking.k8s.io "bad" is invalid: [metadata.name: Invalid value: "bad": must be good, spec.goodness: Required value]',
      details: {
        name: 'bad',
        group: 'networking.k8s.io',
        kind: 'Ingress',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: "bad": must be good',
            field: 'metadata.name',
          },
          { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.goodness' },
        ],
      },
    });
  });

  it('reads YAML', async () => {
    const { json } = harness();
    const created = await json(`POST ${SERVICES}`, {
      headers: { 'content-type': 'application/yaml' },
      body: 'metadata:\n  name: web\nspec:\n  ports: [{port: 80}]\n',
    });
    expect(created).toMatchObject({
      httpCode: 201,
      kind: 'Service',
      spec: { ports: [{ port: 80 }] },
    });
  });

  it('does not make anything of another media type', async () => {
    const { json } = harness();
    const headers = { 'content-type': 'application/vnd.kubernetes.cbor' };
    expect(await json(`POST ${PODS}`, { headers, body: 'k8s' })).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
      message: expect.stringContaining('accepted media types include: application/json'),
    });
  });
});

describe('a field that the kind doesn’t have', () => {
  const body = '{"metadata":{"name":"web","name":"web"},"spec":{"prots":[],"ports":[]}}';
  const texts = ['duplicate field "metadata.name"', 'unknown field "spec.prots"'];

  it('is dropped with a warning by default', async () => {
    const { ask } = harness();
    const response = await ask(`POST ${SERVICES}`, { body });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ spec: { ports: [] } });
    expect(response.headers.get('warning')).toBe(
      texts.map((text) => `299 - "${text.replaceAll('"', '\\"')}"`).join(', '),
    );
  });

  it('is dropped without a word with fieldValidation=Ignore', async () => {
    const { ask } = harness();
    const response = await ask(`POST ${SERVICES}?fieldValidation=Ignore`, { body });
    expect(response.status).toBe(201);
    expect(response.headers.has('warning')).toBe(false);
  });

  it('is refused with fieldValidation=Strict', async () => {
    const { json, store } = harness();
    expect(await json(`POST ${SERVICES}?fieldValidation=Strict`, { body })).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      message: `Service in version "v1" cannot be handled as a Service: strict decoding error: ${texts.join(', ')}`,
    });
    expect(store.list('services')).toEqual([]);
  });

  it('is refused in a patch, too', async () => {
    const { json } = harness();
    await json(`POST ${SERVICES}`, { body: { metadata: { name: 'web' } } });
    const patched = await json(`PATCH ${SERVICES}/web?fieldValidation=Strict`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { prots: 1 } },
    });
    expect(patched).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message: expect.stringContaining('strict decoding error: unknown field "spec.prots"'),
    });
  });
});

describe('warnings', () => {
  it('are no more than fit into a response', async () => {
    const long = 'x'.repeat(1000);
    const { ask } = harness({
      admission: {
        admit: ({ object }) => ({ object, warnings: Array.from({ length: 100 }, () => long) }),
      },
    });
    const response = await ask(`POST ${PODS}`, { body: pod('web') });
    expect(response.status).toBe(201);
    expect(response.headers.get('warning')?.length).toBeLessThan(5000);
    expect(response.headers.get('warning')?.split(', ')).toHaveLength(16);
  });
});

describe('the options of a write', () => {
  it.each([
    ['dryRun=Some', 'dryRun: Unsupported value: "Some": supported values: "All"'],
    [
      'fieldValidation=Lax',
      'fieldValidation: Unsupported value: "Lax": supported values: "Ignore", "Warn", "Strict"',
    ],
    [
      'fieldManager=a%00b',
      'fieldManager: Invalid value: "a\\u0000b": should only contain printable characters',
    ],
  ])('are refused with %s', async (query, message) => {
    const { json } = harness();
    expect(await json(`POST ${PODS}?${query}`, { body: pod('web') })).toMatchObject({
      code: 422,
      message: `CreateOptions.meta.k8s.io "" is invalid: ${message}`,
    });
  });

  it('name the field manager; otherwise it is what the client is called', async () => {
    const { json } = harness();
    const headers = { 'user-agent': 'kubectl/v1.33.0 (linux/amd64)' };
    const first = await json(`POST ${PODS}?fieldManager=me`, { headers, body: pod('one') });
    const second = await json(`POST ${PODS}`, { headers, body: pod('two') });
    expect(first).toMatchObject({ metadata: { managedFields: [{ manager: 'me' }] } });
    expect(second).toMatchObject({ metadata: { managedFields: [{ manager: 'kubectl' }] } });
  });
});
