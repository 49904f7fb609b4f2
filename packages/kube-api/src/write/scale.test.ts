import { describe, expect, it } from 'vitest';

import { harness, READER, type Harness } from '../../test/harness/harness.ts';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments';
const SCALE = `${DEPLOYMENTS}/web/scale`;

const deployment = {
  metadata: { name: 'web', labels: { a: 'b' } },
  spec: {
    selector: {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['x', 'y'] }],
    },
    template: { metadata: { labels: { app: 'web', tier: 'x' } } },
  },
};

async function withDeployment(): Promise<Harness> {
  const api = harness();
  await api.ask(`POST ${DEPLOYMENTS}`, { body: deployment });
  return api;
}

const patch = (type: string): { headers: { 'content-type': string } } => ({
  headers: { 'content-type': `application/${type}` },
});

describe('a Scale', () => {
  it('tells how many Pods are wanted, how many there are, and which', async () => {
    const { ask, json } = await withDeployment();
    await ask(`PATCH ${DEPLOYMENTS}/web/status`, {
      ...patch('merge-patch+json'),
      body: { status: { replicas: 2 } },
    });
    const { metadata } = await json(`GET ${DEPLOYMENTS}/web`);
    const scale = await json(`GET ${SCALE}`);
    expect(scale).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 1 },
      status: { replicas: 2, selector: 'app=web,tier in (x,y)' },
    });
    const { labels: _, managedFields: __, generation: ___, ...rest } = Object(metadata);
    expect(scale['metadata']).toEqual(rest);
  });

  it('is there for ReplicaSets, StatefulSets and ReplicationControllers, too', async () => {
    const { ask, json } = harness();
    const selector = { app: 'web' };
    for (const [path, spec] of [
      ['/apis/apps/v1/namespaces/shop/replicasets', { selector: { matchLabels: selector } }],
      ['/apis/apps/v1/namespaces/shop/statefulsets', { selector: { matchLabels: selector } }],
      ['/api/v1/namespaces/shop/replicationcontrollers', { selector }],
    ] as const) {
      await ask(`POST ${path}`, { body: { metadata: { name: 'web' }, spec } });
      expect(await json(`GET ${path}/web/scale`)).toMatchObject({
        kind: 'Scale',
        status: { replicas: 0, selector: 'app=web' },
      });
    }
    const { httpCode } = await json('GET /apis/apps/v1/namespaces/shop/daemonsets/web/scale');
    expect(httpCode).toBe(404);
  });

  it('is put, and changes nothing of the workload but its replicas', async () => {
    const { json, events } = await withDeployment();
    const before = await json(`GET ${DEPLOYMENTS}/web`);
    const scale = await json(`GET ${SCALE}`);
    const { httpCode: _, ...body } = scale;
    expect(
      await json(`PUT ${SCALE}?fieldManager=hpa`, { body: { ...body, spec: { replicas: 5 } } }),
    ).toMatchObject({ httpCode: 200, kind: 'Scale', spec: { replicas: 5 } });
    const after = await json(`GET ${DEPLOYMENTS}/web`);
    expect(after).toMatchObject({
      spec: { ...Object(before['spec']), replicas: 5 },
      metadata: {
        generation: 2,
        labels: { a: 'b' },
        managedFields: expect.arrayContaining([
          expect.objectContaining({
            manager: 'hpa',
            operation: 'Update',
            apiVersion: 'apps/v1',
            subresource: 'scale',
            fieldsV1: { 'f:spec': { 'f:replicas': {} } },
          }),
        ]),
      },
    });
    expect(events.at(-1)).toMatchObject({
      verb: 'update',
      resource: 'deployments.apps',
      subresource: 'scale',
      name: 'web',
      code: 200,
    });
    expect(await json(`PUT ${SCALE}`, { body })).toMatchObject({
      httpCode: 409,
      message: expect.stringContaining('deployments.apps "web": the object has been modified'),
    });
  });

  it.each([
    ['merge-patch+json', { spec: { replicas: 3 } }],
    ['strategic-merge-patch+json', { spec: { replicas: 3 } }],
    ['json-patch+json', [{ op: 'replace', path: '/spec/replicas', value: 3 }]],
  ])('is patched by %s', async (type, body) => {
    const { json } = await withDeployment();
    expect(await json(`PATCH ${SCALE}`, { ...patch(type), body })).toMatchObject({
      httpCode: 200,
      kind: 'Scale',
      spec: { replicas: 3 },
    });
    expect(await json(`GET ${DEPLOYMENTS}/web`)).toMatchObject({ spec: { replicas: 3 } });
  });

  it('is not applied, and not made or deleted', async () => {
    const { ask, json } = await withDeployment();
    const body = { apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 3 } };
    const applied = await json(`PATCH ${SCALE}?fieldManager=me`, {
      ...patch('apply-patch+yaml'),
      body,
    });
    expect(applied).toMatchObject({ httpCode: 415, reason: 'UnsupportedMediaType' });
    expect((await ask(`POST ${SCALE}`, { body })).status).toBe(405);
    expect((await ask(`DELETE ${SCALE}`)).status).toBe(405);
  });

  it.each([
    [
      -1,
      'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      1.5,
      'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: 1.5: must be a whole number of 32 bits',
    ],
  ])('of %s replicas is refused', async (replicas, message) => {
    const { json } = await withDeployment();
    const asking = { ...patch('merge-patch+json'), body: { spec: { replicas } } };
    expect(await json(`PATCH ${SCALE}`, asking)).toMatchObject({ httpCode: 422, message });
  });

  it('of what is not there, or for who may not write, is refused', async () => {
    const { json } = await withDeployment();
    const asking = { ...patch('merge-patch+json'), body: { spec: { replicas: 3 } } };
    expect(await json(`PATCH ${DEPLOYMENTS}/none/scale`, asking)).toMatchObject({
      httpCode: 404,
      message: 'deployments.apps "none" not found',
    });
    expect(await json(`PATCH ${SCALE}`, { ...asking, token: READER })).toMatchObject({
      httpCode: 403,
      message: expect.stringContaining('cannot patch resource "deployments/scale"'),
    });
    expect(await json(`PATCH ${SCALE}?dryRun=All`, asking)).toMatchObject({
      spec: { replicas: 3 },
    });
    expect(await json(`GET ${SCALE}`)).toMatchObject({ spec: { replicas: 1 } });
  });

  it('is shown in a table', async () => {
    const { json } = await withDeployment();
    const headers = { accept: 'application/json;as=Table;g=meta.k8s.io;v=v1' };
    const { columnDefinitions, rows } = await json(`GET ${SCALE}`, { headers });
    expect(Object(columnDefinitions).map(({ name }: { name: string }) => name)).toEqual([
      'Name',
      'Desired',
      'Available',
      'Age',
    ]);
    expect(rows).toMatchObject([{ cells: ['web', 1, 0, '0s'] }]);
  });
});
