import { RESOURCE_TYPES } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { harness } from '../../test/harness/harness.ts';

describe('discovery', () => {
  it('tells the versions, the groups, and what is in them', async () => {
    const { json } = harness();
    expect(await json('GET /api')).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    expect(await json('GET /apis')).toMatchObject({
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: expect.arrayContaining([
        {
          name: 'apps',
          versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
          preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
        },
      ]),
    });
    expect(await json('GET /apis/networking.k8s.io')).toMatchObject({
      kind: 'APIGroup',
      name: 'networking.k8s.io',
    });
    expect(await json('GET /api/v1')).toMatchObject({
      kind: 'APIResourceList',
      groupVersion: 'v1',
      resources: expect.arrayContaining([
        {
          name: 'pods',
          singularName: 'pod',
          namespaced: true,
          kind: 'Pod',
          verbs: [
            'create',
            'delete',
            'deletecollection',
            'get',
            'list',
            'patch',
            'update',
            'watch',
          ],
          shortNames: ['po'],
          categories: ['all'],
        },
        {
          name: 'pods/status',
          singularName: '',
          namespaced: true,
          kind: 'Pod',
          verbs: ['get', 'patch', 'update'],
        },
      ]),
    });
  });

  it('tells all at once where it is asked so', async () => {
    const { ask } = harness();
    const as = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
    const headers = { accept: `${as},application/json` };
    const plurals: string[] = [];
    for (const path of ['/api', '/apis']) {
      const response = await ask(`GET ${path}`, { headers });
      expect(response.headers.get('content-type')).toBe(
        as.replace(
          'g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
          'as=APIGroupDiscoveryList;g=apidiscovery.k8s.io;v=v2',
        ),
      );
      const { items } = await response.json();
      for (const { versions } of items) {
        for (const { resources } of versions) {
          plurals.push(...resources.map(({ resource }: { resource: string }) => resource));
        }
      }
    }
    expect(plurals).toEqual(expect.arrayContaining(RESOURCE_TYPES.map(({ plural }) => plural)));
  });

  it('says what can be scaled, and as what', async () => {
    const { json } = harness();
    expect(await json('GET /apis/apps/v1')).toMatchObject({
      resources: expect.arrayContaining([
        {
          name: 'deployments/scale',
          singularName: '',
          namespaced: true,
          group: 'autoscaling',
          version: 'v1',
          kind: 'Scale',
          verbs: ['get', 'patch', 'update'],
        },
      ]),
    });
    const { resources } = await json('GET /apis/apps/v1');
    const names = Array.isArray(resources) ? resources.map(({ name }) => name) : [];
    expect(names.filter((name) => name.endsWith('/scale'))).toEqual([
      'deployments/scale',
      'replicasets/scale',
      'statefulsets/scale',
    ]);
  });

  it('lists all paths at the root', async () => {
    const { json } = harness();
    const { paths } = await json('GET /');
    expect(paths).toEqual(expect.arrayContaining(['/api/v1', '/apis/apps/v1', '/version']));
  });

  it.each(['events', 'persistentvolumeclaims', 'persistentvolumes'])(
    'has %s, of which there are none, and none can be made',
    async (plural) => {
      const { ask, json } = harness();
      expect(await json('GET /api/v1')).toMatchObject({
        resources: expect.arrayContaining([
          expect.objectContaining({ name: plural, verbs: ['get', 'list', 'watch'] }),
        ]),
      });
      expect(await json(`GET /api/v1/${plural}`)).toMatchObject({ httpCode: 200, items: [] });
      const scope = plural === 'persistentvolumes' ? '' : 'namespaces/shop/';
      expect(await json(`GET /api/v1/${scope}${plural}/web`)).toMatchObject({
        httpCode: 404,
        message: `${plural} "web" not found`,
      });
      expect((await ask(`POST /api/v1/${scope}${plural}`, { body: {} })).status).toBe(405);
      expect((await ask(`DELETE /api/v1/${scope}${plural}`)).status).toBe(405);
      expect((await ask(`GET /api/v1/${scope}${plural}/web/status`)).status).toBe(404);
    },
  );

  it('selects Events by what they are about', async () => {
    const { ask } = harness();
    const events = 'GET /api/v1/namespaces/shop/events?fieldSelector=';
    const selector = 'involvedObject.name=web,involvedObject.kind=Pod,type!=Normal';
    expect((await ask(`${events}${encodeURIComponent(selector)}`)).status).toBe(200);
    expect((await ask(`${events}involvedObject.colour=red`)).status).toBe(400);
  });

  it('has a version that clients can read', async () => {
    const { json } = harness();
    expect(await json('GET /version')).toMatchObject({
      major: '1',
      minor: '33',
      gitVersion: expect.stringMatching(/^v1\.33\.\d+\+portolan$/),
    });
  });

  it('has OpenAPI beside it', async () => {
    const { json } = harness({ prefix: '/.portolan/kube' });
    expect(await json('GET /.portolan/kube/openapi/v3')).toMatchObject({
      paths: { 'api/v1': { serverRelativeURL: expect.stringMatching(/^\/\.portolan\/kube\//) } },
    });
  });
});
