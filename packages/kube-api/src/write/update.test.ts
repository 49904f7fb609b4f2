import { describe, expect, it } from 'vitest';

import { harness, LEASES, pod, PODS, SERVICES, type Harness } from '../../test/harness/harness.ts';

async function withPod(): Promise<Harness & { readonly web: Record<string, unknown> }> {
  const all = harness();
  const body = pod('web', { status: { phase: 'Running', podIP: '10.0.0.1' } });
  const { httpCode: _, ...web } = await all.json(`POST ${PODS}`, { body });
  return { ...all, web };
}

describe('replacing an object', () => {
  it('keeps what is the API’s, and counts changes of the spec', async () => {
    const { json, web } = await withPod();
    const labelled = await json(`PUT ${PODS}/web`, {
      body: pod('web', { metadata: { labels: { app: 'web' }, creationTimestamp: null } }),
    });
    const { uid, creationTimestamp } = Object(web['metadata']);
    expect(labelled).toMatchObject({
      httpCode: 200,
      metadata: { uid, creationTimestamp, generation: 1, labels: { app: 'web' } },
      status: { phase: 'Running' },
    });
    const changed = await json(`PUT ${PODS}/web`, {
      body: pod('web', { spec: { containers: [{ name: 'other' }] } }),
    });
    expect(changed).toMatchObject({ metadata: { uid, generation: 2 } });
    expect(changed['metadata']).not.toHaveProperty('labels');
  });

  it('writes nothing where nothing is changed', async () => {
    const { json, web, store } = await withPod();
    const before = store.revision();
    expect(await json(`PUT ${PODS}/web`, { body: web })).toEqual({ ...web, httpCode: 200 });
    expect(store.revision()).toBe(before);
  });

  it('is refused where the client has seen another state', async () => {
    const { json, web } = await withPod();
    await json(`PUT ${PODS}/web`, { body: pod('web', { metadata: { labels: { a: 'b' } } }) });
    expect(await json(`PUT ${PODS}/web`, { body: web })).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on pods "web": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'web', kind: 'pods' },
    });
  });

  it('is refused for another object that had the name', async () => {
    const { json } = await withPod();
    const body = pod('web', { metadata: { uid: 'old' } });
    expect(await json(`PUT ${PODS}/web`, { body })).toMatchObject({
      code: 409,
      message: expect.stringContaining(
        'Precondition failed: UID in precondition: old, UID in object meta: ',
      ),
    });
  });

  it('is refused for another name than the URL’s', async () => {
    const { json } = await withPod();
    expect(await json(`PUT ${PODS}/web`, { body: pod('other') })).toMatchObject({
      code: 400,
      message: 'the name of the object (other) does not match the name on the URL (web)',
    });
    expect(await json(`PUT ${PODS}/web`, { body: {} })).toMatchObject({
      code: 400,
      message: 'name must be provided',
    });
  });

  it('creates Services, Endpoints and Leases that aren’t there, and nothing else', async () => {
    const { json } = harness();
    const body = { metadata: { name: 'new' } };
    expect(await json(`PUT ${SERVICES}/new`, { body })).toMatchObject({ httpCode: 201 });
    expect(await json(`PUT ${LEASES}/new`, { body })).toMatchObject({ httpCode: 201 });
    expect(await json(`PUT ${LEASES}/new`, { body })).toMatchObject({ httpCode: 200 });
    expect(await json(`PUT ${PODS}/new`, { body })).toMatchObject({
      code: 404,
      message: 'pods "new" not found',
    });
    const seen = { metadata: { name: 'gone', resourceVersion: '7' } };
    expect(await json(`PUT ${SERVICES}/gone`, { body: seen })).toMatchObject({ code: 404 });
  });

  it('of many at once lets one win for each state', async () => {
    const { json, web, store } = await withPod();
    const results = await Promise.all(
      Array.from({ length: 20 }, async (_, index) =>
        json(`PUT ${PODS}/web`, { body: { ...web, spec: { hostname: `h${index}` } } }),
      ),
    );
    const count = (code: number): number =>
      results.filter(({ httpCode }) => httpCode === code).length;
    expect([count(200), count(409)]).toEqual([1, 19]);
    const winner = results.find(({ httpCode }) => httpCode === 200);
    const kept = store.get({ resource: 'pods', namespace: 'shop', name: 'web' });
    expect(kept?.['spec']).toEqual(winner?.['spec']);
  });
});

describe('the subresource status', () => {
  it('changes the status, labels and annotations, and nothing else', async () => {
    const { json, web } = await withPod();
    const written = await json(`PUT ${PODS}/web/status`, {
      body: pod('web', {
        metadata: { labels: { app: 'web' }, finalizers: ['a.example/b'] },
        spec: {},
        status: { phase: 'Failed' },
      }),
    });
    expect(written).toMatchObject({
      httpCode: 200,
      metadata: { labels: { app: 'web' }, generation: 1 },
      spec: web['spec'],
      status: { phase: 'Failed' },
    });
    expect(written['metadata']).not.toHaveProperty('finalizers');
    expect(await json(`GET ${PODS}/web/status`)).toEqual(written);
  });

  it('is patched', async () => {
    const { json } = await withPod();
    const patched = await json(`PATCH ${PODS}/web/status`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { hostname: 'h' }, status: { podIP: '10.0.0.2' } },
    });
    expect(patched).toMatchObject({ status: { phase: 'Running', podIP: '10.0.0.2' } });
    expect(patched['spec']).not.toHaveProperty('hostname');
  });

  it('is there only where the kind has one', async () => {
    const { json } = harness();
    expect(await json(`GET ${LEASES}/a/status`)).toMatchObject({ code: 404, reason: 'NotFound' });
  });

  it('is neither created nor deleted', async () => {
    const { json } = await withPod();
    expect(await json(`DELETE ${PODS}/web/status`)).toMatchObject({ code: 405 });
    expect(await json(`POST ${PODS}/web/status`, { body: {} })).toMatchObject({
      code: 405,
      reason: 'MethodNotAllowed',
    });
  });
});

describe('patching an object', () => {
  it('says what is wrong with the patch', async () => {
    const { json } = await withPod();
    const headers = { 'content-type': 'application/json' };
    expect(await json(`PATCH ${PODS}/web`, { headers, body: {} })).toMatchObject({ code: 415 });
    expect(
      await json(`PATCH ${PODS}/gone`, {
        headers: { 'content-type': 'application/merge-patch+json' },
        body: {},
      }),
    ).toMatchObject({ code: 404, message: 'pods "gone" not found' });
  });

  it('may not rename it, nor hold it to another state than it is in', async () => {
    const { json } = await withPod();
    const headers = { 'content-type': 'application/merge-patch+json' };
    expect(
      await json(`PATCH ${PODS}/web`, { headers, body: { metadata: { name: 'x' } } }),
    ).toMatchObject({ code: 400 });
    expect(
      await json(`PATCH ${PODS}/web`, { headers, body: { metadata: { resourceVersion: '1' } } }),
    ).toMatchObject({ code: 409 });
  });

  it('says what is wrong with the patch, not with the object', async () => {
    const { json } = await withPod();
    const headers = { 'content-type': 'application/json-patch+json' };
    const body = [{ op: 'remove', path: '/spec/none' }];
    const { message, details } = await json(`PATCH ${PODS}/web`, { headers, body });
    expect(details).toEqual({
      causes: [
        {
          reason: 'UnexpectedServerResponse',
          message: expect.stringContaining('/spec/none'),
          field: 'patch',
        },
      ],
    });
    expect(message).toContain('/spec/none');
    const forced = await json(`PATCH ${PODS}/web?force=true`, { headers, body });
    expect(forced).toMatchObject({
      httpCode: 422,
      details: { group: 'meta.k8s.io', kind: 'PatchOptions', causes: [{ field: 'force' }] },
    });
  });

  it('creates it by an apply', async () => {
    const { json } = harness();
    const applied = await json(`PATCH ${PODS}/web?fieldManager=me`, {
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostname: h}\n',
    });
    expect(applied).toMatchObject({
      httpCode: 201,
      metadata: { generation: 1, managedFields: [{ manager: 'me', operation: 'Apply' }] },
    });
  });
});
