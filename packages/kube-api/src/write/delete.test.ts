import { describe, expect, it } from 'vitest';

import { harness, NOON, pod, PODS, SERVICES } from '../../test/harness/harness.ts';

const LATER = new Date(NOON + 30_000).toISOString().replace('.000Z', 'Z');

describe('deleting an object', () => {
  it('answers with the object for Pods and Services, else with a Status', async () => {
    const { json } = harness();
    await json(`POST ${PODS}`, { body: pod('web') });
    expect(await json(`DELETE ${PODS}/web`)).toMatchObject({
      httpCode: 200,
      kind: 'Pod',
      metadata: { name: 'web' },
    });
    const configMaps = '/api/v1/namespaces/shop/configmaps';
    const created = await json(`POST ${configMaps}`, { body: { metadata: { name: 'a' } } });
    const { uid } = Object(created['metadata']);
    expect(await json(`DELETE ${configMaps}/a`)).toEqual({
      httpCode: 200,
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid },
    });
    expect(await json(`DELETE ${PODS}/web`)).toMatchObject({ code: 404 });
  });

  it('waits for its finalizers', async () => {
    const { json } = harness();
    const finalizers = ['a.example/b'];
    await json(`POST ${SERVICES}`, { body: { metadata: { name: 'web', finalizers }, spec: {} } });
    const deletionTimestamp = new Date(NOON).toISOString().replace('.000Z', 'Z');
    const asked = await json(`DELETE ${SERVICES}/web`);
    expect(asked).toMatchObject({ httpCode: 200, metadata: { deletionTimestamp, finalizers } });
    expect(await json(`DELETE ${SERVICES}/web`)).toEqual(asked);

    const more = { metadata: { name: 'web', finalizers: [...finalizers, 'a.example/c'] } };
    expect(await json(`PUT ${SERVICES}/web`, { body: more })).toMatchObject({
      code: 422,
      message: expect.stringContaining(
        'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"a.example/c"}',
      ),
    });
    const body = { metadata: { name: 'web' }, spec: {} };
    expect(await json(`PUT ${SERVICES}/web`, { body })).toMatchObject({ httpCode: 200 });
    expect(await json(`GET ${SERVICES}/web`)).toMatchObject({ code: 404 });
  });

  it('leaves a Pod the grace that is asked for, and shortens it when asked', async () => {
    const { json } = harness();
    await json(`POST ${PODS}`, { body: pod('web') });
    const body = { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 30 };
    const terminating = {
      httpCode: 200,
      metadata: { deletionTimestamp: LATER, deletionGracePeriodSeconds: 30 },
    };
    expect(await json(`DELETE ${PODS}/web`, { body })).toMatchObject(terminating);
    expect(await json(`DELETE ${PODS}/web?gracePeriodSeconds=60`)).toMatchObject(terminating);
    expect(await json(`DELETE ${PODS}/web?gracePeriodSeconds=10`)).toMatchObject({
      metadata: { deletionGracePeriodSeconds: 10 },
    });
    expect(await json(`DELETE ${PODS}/web?gracePeriodSeconds=0`)).toMatchObject({ httpCode: 200 });
    expect(await json(`GET ${PODS}/web`)).toMatchObject({ code: 404 });
  });

  it('holds to preconditions', async () => {
    const { json } = harness();
    await json(`POST ${PODS}`, { body: pod('web') });
    expect(
      await json(`DELETE ${PODS}/web`, { body: { preconditions: { uid: 'other' } } }),
    ).toMatchObject({
      code: 409,
      message: expect.stringContaining('Precondition failed: UID in precondition: other'),
    });
    expect(
      await json(`DELETE ${PODS}/web`, { body: { preconditions: { resourceVersion: '1' } } }),
    ).toMatchObject({ code: 409, reason: 'Conflict' });
  });

  it('changes nothing in a dry run', async () => {
    const { json } = harness();
    await json(`POST ${PODS}`, { body: pod('web') });
    expect(await json(`DELETE ${PODS}/web?dryRun=All`)).toMatchObject({ httpCode: 200 });
    expect(await json(`DELETE ${PODS}/web`, { body: { dryRun: ['All'] } })).toMatchObject({
      httpCode: 200,
    });
    expect(await json(`GET ${PODS}/web`)).toMatchObject({ httpCode: 200 });
  });

  it.each([
    ['propagationPolicy=Sideways', 'propagationPolicy: Unsupported value: "Sideways"'],
    ['gracePeriodSeconds=-1', 'gracePeriodSeconds: Invalid value: -1'],
    ['dryRun=Some', 'dryRun: Unsupported value: "Some"'],
  ])('is refused with %s', async (query, message) => {
    const { json } = harness();
    await json(`POST ${PODS}`, { body: pod('web') });
    expect(await json(`DELETE ${PODS}/web?${query}`)).toMatchObject({
      code: 422,
      message: expect.stringContaining(`DeleteOptions.meta.k8s.io "" is invalid: ${message}`),
    });
  });
});

describe('deleting a Namespace', () => {
  it('deletes what is in it', async () => {
    const { json, store } = harness();
    await json(`POST ${PODS}`, { body: pod('web') });
    await json('POST /api/v1/namespaces/attic/pods', { body: pod('web') });
    expect(await json('DELETE /api/v1/namespaces/shop')).toMatchObject({ status: 'Success' });
    expect(store.list('pods').map(({ metadata }) => metadata.namespace)).toEqual(['attic']);
    expect(await json('GET /api/v1/namespaces/shop')).toMatchObject({ code: 404 });
  });

  it('waits for what has finalizers, and takes nothing new meanwhile', async () => {
    const { json, store } = harness();
    const finalizers = ['a.example/b'];
    await json(`POST ${PODS}`, { body: pod('held', { metadata: { finalizers } }) });
    await json(`POST ${PODS}`, { body: pod('free') });
    expect(await json('DELETE /api/v1/namespaces/shop')).toMatchObject({
      kind: 'Namespace',
      status: { phase: 'Terminating' },
    });
    expect(store.list('pods').map(({ metadata }) => metadata.name)).toEqual(['held']);
    expect(await json(`POST ${PODS}`, { body: pod('new') })).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message:
        'pods "new" is forbidden: unable to create new content in namespace shop because it is being terminated',
    });
    await json(`PUT ${PODS}/held`, { body: pod('held') });
    expect(await json('GET /api/v1/namespaces/shop')).toMatchObject({ code: 404 });
  });

  it('is not done by the collection', async () => {
    const { json } = harness();
    expect(await json('DELETE /api/v1/namespaces')).toMatchObject({ code: 405 });
  });
});

describe('deleting a collection', () => {
  it('deletes what is selected, in one namespace', async () => {
    const { json, store } = harness();
    for (const [name, app] of [
      ['a', 'web'],
      ['b', 'web'],
      ['c', 'api'],
    ]) {
      await json(`POST ${PODS}`, { body: pod(name ?? '', { metadata: { labels: { app } } }) });
    }
    expect(await json(`DELETE ${PODS}?labelSelector=app%3Dweb&dryRun=All`)).toMatchObject({
      kind: 'PodList',
      items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
    });
    expect(store.list('pods')).toHaveLength(3);
    await json(`DELETE ${PODS}?labelSelector=app%3Dweb`);
    expect(store.list('pods').map(({ metadata }) => metadata.name)).toEqual(['c']);
    expect(await json('DELETE /api/v1/pods')).toMatchObject({ code: 405 });
  });
});
