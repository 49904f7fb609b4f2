import { describe, expect, it } from 'vitest';

import { openAPIResponse } from './openapi.ts';

interface Document {
  readonly paths: Readonly<Record<string, PathItem & { readonly serverRelativeURL: string }>>;
  readonly components?: { readonly schemas: Schemas };
  readonly definitions?: Schemas;
}
interface PathItem {
  readonly patch: Readonly<Record<string, unknown>> & {
    readonly parameters: readonly { readonly name: string }[];
  };
}
type Schemas = Readonly<
  Record<
    string,
    Readonly<Record<string, unknown>> & { readonly properties: Readonly<Record<string, unknown>> }
  >
>;

async function json(path: string, prefix = ''): Promise<Document> {
  const response = openAPIResponse(path, 'application/json', prefix);
  if (response === undefined) throw new Error(`there is no ${path}`);
  return response.json();
}

describe('OpenAPI', () => {
  it('lists a document for each group and version, below the prefix', async () => {
    const { paths } = await json('/openapi/v3', '/.portolan/kube');
    expect(Object.keys(paths)).toEqual([
      'api/v1',
      'apis/apps/v1',
      'apis/batch/v1',
      'apis/coordination.k8s.io/v1',
      'apis/discovery.k8s.io/v1',
      'apis/networking.k8s.io/v1',
    ]);
    expect(paths['apis/apps/v1']?.serverRelativeURL).toMatch(
      /^\/\.portolan\/kube\/openapi\/v3\/apis\/apps\/v1\?hash=[0-9a-f]{16}$/u,
    );
  });

  it('says that a PATCH takes what kubectl looks for', async () => {
    const { paths } = await json('/openapi/v3/apis/networking.k8s.io/v1');
    const path = '/apis/networking.k8s.io/v1/namespaces/{namespace}/ingresses/{name}';
    const patch = paths[path]?.patch;
    expect(patch?.['x-kubernetes-group-version-kind']).toEqual({
      group: 'networking.k8s.io',
      kind: 'Ingress',
      version: 'v1',
    });
    const names = patch?.parameters.map(({ name }) => name);
    expect(names).toEqual(['dryRun', 'fieldManager', 'fieldValidation', 'force']);
  });

  it('says how lists are merged', async () => {
    const { components } = await json('/openapi/v3/api/v1');
    const schemas = components?.schemas;
    expect(schemas?.['io.k8s.api.core.v1.Service']?.['x-kubernetes-group-version-kind']).toEqual([
      { group: '', kind: 'Service', version: 'v1' },
    ]);
    expect(schemas?.['io.k8s.api.core.v1.ServiceSpec']?.properties['ports']).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/io.k8s.api.core.v1.ServicePort' },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      'x-kubernetes-patch-merge-key': 'port',
      'x-kubernetes-patch-strategy': 'merge',
    });
  });

  it.each(['/openapi/v2', '/openapi/v3/api/v1', '/openapi/v3/apis/apps/v1'])(
    'refers in %s to nothing that is not there, and has one operation by each name',
    async (path) => {
      const document = await json(path);
      const text = JSON.stringify(document);
      const schemas = document.definitions ?? document.components?.schemas ?? {};
      const refs = [
        ...text.matchAll(/"\$ref":"#\/(?:definitions|components\/schemas)\/([^"]+)"/gu),
      ];
      expect(refs.length).toBeGreaterThan(50);
      expect(refs.filter(([, name = '']) => !(name in schemas))).toEqual([]);
      const ids = [...text.matchAll(/"operationId":"([^"]+)"/gu)].map(([, id]) => id);
      expect(ids).toEqual([...new Set(ids)]);
    },
  );

  it('is in protobuf for a client that takes nothing else', async () => {
    const accept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
    const response = openAPIResponse('/openapi/v2', accept, '');
    expect(response?.headers.get('content-type')).toMatch(/\+protobuf$/u);
    const bytes = new Uint8Array((await response?.arrayBuffer()) ?? []);
    // Field 1, `swagger`, is a text of 3 bytes.
    expect(Array.from(bytes.slice(0, 5))).toEqual([10, 3, ...new TextEncoder().encode('2.0')]);
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain('#/definitions/io.k8s.api.core.v1.ServicePort');
    expect(text).toContain('{"group":"apps","kind":"Deployment","version":"v1"}');
  });

  it('knows the Scale of what can be scaled', async () => {
    const { paths, components } = await json('/openapi/v3/apis/apps/v1');
    const path = '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale';
    expect(paths[path]?.patch['x-kubernetes-group-version-kind']).toEqual({
      group: 'autoscaling',
      kind: 'Scale',
      version: 'v1',
    });
    expect(components?.schemas).toHaveProperty(['io.k8s.api.autoscaling.v1.Scale']);
    expect(Object.keys(paths).filter((each) => each.endsWith('/scale'))).toHaveLength(3);
  });

  it('is nowhere else', () => {
    expect(openAPIResponse('/openapi', '', '')).toBeUndefined();
    expect(openAPIResponse('/openapi/v3/api/v2', '', '')).toBeUndefined();
    expect(openAPIResponse('/openapi/v3/', '', '')).toBeUndefined();
  });
});
