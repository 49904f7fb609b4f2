import { describe, expect, it } from 'vitest';

import { documents, findingsOf, told } from '../../test/manifests.ts';

function object(apiVersion: string, kind: string): object {
  return { apiVersion, kind, metadata: { name: 'web' } };
}

describe('an object of a kind that changes routing', () => {
  it('is found where it begins, with what is lost', () => {
    const text = `# A comment.
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
`;
    expect(findingsOf(text)).toEqual([
      {
        severity: 'warning',
        code: 'KindNotServed',
        message:
          'HTTPRoute of gateway.networking.k8s.io is for Gateway API controllers: none of its rules is served',
        file: 'shop.yaml',
        line: 2,
        column: 1,
        object: {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          namespace: '',
          name: 'web',
        },
      },
    ]);
  });

  it.each([
    ['networking.k8s.io/v1', 'NetworkPolicy', 'it keeps nobody out here'],
    ['networking.istio.io/v1', 'VirtualService', 'none of its rules is served'],
    ['traefik.io/v1alpha1', 'IngressRoute', 'none of its rules is served'],
    ['traefik.containo.us/v1alpha1', 'Middleware', 'nothing of what it does to requests is done'],
    ['projectcontour.io/v1', 'HTTPProxy', 'none of its rules is served'],
    ['serving.knative.dev/v1', 'Service', 'neither its Pods nor its routes are made'],
  ])('is told by its group: %s %s', (apiVersion, kind, lost) => {
    expect(told('KindNotServed', documents(object(apiVersion, kind)))[0]?.message).toContain(lost);
  });

  it.each([
    ['example.com/v1', 'HTTPRoute'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['networking.istio.io/v1', 'Sidecars'],
    ['v1', 'ServiceAccount'],
    ['constructor/v1', 'toString'],
  ])('is no other: %s %s', (apiVersion, kind) => {
    expect(findingsOf(documents(object(apiVersion, kind)))).toEqual([]);
  });
});
