import type { HTTPIngressPath, Ingress } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { routeOf } from './route.ts';

function ingressOf(spec: Ingress['spec'], annotations?: Readonly<Record<string, string>>): Ingress {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop', namespace: 'web', ...(annotations && { annotations }) },
    spec,
  };
}

const backend = { service: { name: 'cart', port: { number: 80 } } };

function withPath(
  path: Omit<HTTPIngressPath, 'backend'>,
  annotations?: Record<string, string>,
): Ingress {
  return ingressOf({ rules: [{ http: { paths: [{ ...path, backend }] } }] }, annotations);
}

/** `[type, status, reason, field, message]` of every Condition. */
function said(ingress: Ingress): readonly unknown[] {
  return routeOf(ingress).conditions.map(({ type, status, reason, field, message }) => [
    type,
    status,
    reason,
    field,
    message,
  ]);
}

const ANNOTATION = 'portolan.dev/implementation-specific';

describe('an Ingress', () => {
  it('becomes a route with a rule for each path', () => {
    const source: Ingress = {
      ...ingressOf({
        defaultBackend: {
          resource: { apiGroup: 'k8s.example.com', kind: 'Bucket', name: 'icons' },
        },
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [
                { path: '/cart', pathType: 'Prefix', backend },
                {
                  path: '/pay',
                  pathType: 'Exact',
                  backend: { service: { name: 'pay', port: { name: 'http' } } },
                },
              ],
            },
          },
        ],
      }),
    };
    expect(
      routeOf({
        ...source,
        metadata: { ...source.metadata, creationTimestamp: '2024-01-01T00:00:00Z' },
      }),
    ).toEqual({
      route: {
        source: {
          kind: 'Ingress',
          namespace: 'web',
          name: 'shop',
          creationTimestamp: '2024-01-01T00:00:00Z',
        },
        rules: [
          {
            field: 'spec.rules[0].http.paths[0]',
            host: 'shop.example.com',
            matches: [{ path: { type: 'PathPrefix', value: '/cart' } }],
            backends: [
              { group: '', kind: 'Service', namespace: 'web', name: 'cart', port: 80, weight: 1 },
            ],
          },
          {
            field: 'spec.rules[0].http.paths[1]',
            host: 'shop.example.com',
            matches: [{ path: { type: 'Exact', value: '/pay' } }],
            backends: [
              {
                group: '',
                kind: 'Service',
                namespace: 'web',
                name: 'pay',
                port: 'http',
                weight: 1,
              },
            ],
          },
        ],
        defaultBackend: {
          field: 'spec.defaultBackend',
          backends: [
            {
              group: 'k8s.example.com',
              kind: 'Bucket',
              namespace: 'web',
              name: 'icons',
              weight: 1,
            },
          ],
        },
      },
      conditions: [],
    });
  });

  it('without a namespace is in the default one', () => {
    const { route } = routeOf({ ...withPath({ pathType: 'Prefix' }), metadata: { name: 'shop' } });
    expect(route).toMatchObject({
      source: { namespace: 'default' },
      rules: [{ backends: [{ namespace: 'default' }] }],
    });
  });

  it('keeps a backend that names nothing, without anybody to answer', () => {
    const { route } = routeOf(ingressOf({ defaultBackend: {} }));
    expect(route.defaultBackend?.backends).toEqual([]);
  });

  it('may have a rule without paths, which takes nothing', () => {
    const { route } = routeOf(ingressOf({ rules: [{ host: 'a.com' }, {}] }));
    expect(route.rules).toEqual([
      { field: 'spec.rules[0]', host: 'a.com', matches: [], backends: [] },
      { field: 'spec.rules[1]', matches: [], backends: [] },
    ]);
  });

  it('takes an empty host for none', () => {
    const { route } = routeOf(ingressOf({ rules: [{ host: '' }] }));
    expect(route.rules[0]).not.toHaveProperty('host');
  });
});

describe('a path', () => {
  it.each<[string, Omit<HTTPIngressPath, 'backend'>, string | undefined, string, string]>([
    ['Exact', { path: '/a', pathType: 'Exact' }, undefined, 'Exact', '/a'],
    ['Prefix', { path: '/a', pathType: 'Prefix' }, undefined, 'PathPrefix', '/a'],
    ['a prefix', { path: '/a', pathType: 'ImplementationSpecific' }, undefined, 'PathPrefix', '/a'],
    ['a prefix', { path: '/a', pathType: 'ImplementationSpecific' }, 'Prefix', 'PathPrefix', '/a'],
    [
      'a regular expression where asked',
      { path: '/a.*', pathType: 'ImplementationSpecific' },
      'RegularExpression',
      'RegularExpression',
      '/a.*',
    ],
    ['still Prefix', { path: '/a.', pathType: 'Prefix' }, 'RegularExpression', 'PathPrefix', '/a.'],
    ['still Exact', { path: '/a.', pathType: 'Exact' }, 'RegularExpression', 'Exact', '/a.'],
    ['everything', { pathType: 'ImplementationSpecific' }, undefined, 'PathPrefix', '/'],
    ['everything', { path: '', pathType: 'Prefix' }, undefined, 'PathPrefix', '/'],
    ['everything', { pathType: 'ImplementationSpecific' }, 'RegularExpression', 'PathPrefix', '/'],
  ])('is %s: %j with the annotation %s', (_, path, annotation, type, value) => {
    const ingress = withPath(
      path,
      annotation === undefined ? undefined : { [ANNOTATION]: annotation },
    );
    expect(routeOf(ingress)).toMatchObject({
      route: { rules: [{ matches: [{ path: { type, value } }] }] },
      conditions: [],
    });
  });

  it('is a prefix where the annotation is not understood, and that is said', () => {
    const ingress = withPath(
      { path: '/a', pathType: 'ImplementationSpecific' },
      { [ANNOTATION]: 'regex' },
    );
    expect(routeOf(ingress).route.rules[0]?.matches[0]?.path.type).toBe('PathPrefix');
    expect(said(ingress)).toEqual([
      [
        'Accepted',
        'True',
        'UnsupportedValue',
        'metadata.annotations[portolan.dev/implementation-specific]',
        '"regex" is taken for "Prefix": must be "Prefix" or "RegularExpression"',
      ],
    ]);
  });

  it.each(['Prefix', 'ImplementationSpecific'] as const)(
    'of type %s with an asterisk is taken literally, and that is said',
    (pathType) => {
      expect(said(withPath({ path: '/*', pathType }))).toEqual([
        [
          'Accepted',
          'True',
          'LiteralAsterisk',
          'spec.rules[0].http.paths[0].path',
          '"/*" is taken literally: a prefix needs no "*", and a regular expression the annotation portolan.dev/implementation-specific',
        ],
      ]);
    },
  );

  it('with an asterisk is nothing to speak of where it is exact or a regular expression', () => {
    expect(said(withPath({ path: '/*', pathType: 'Exact' }))).toEqual([]);
    expect(
      said(
        withPath(
          { path: '/.*', pathType: 'ImplementationSpecific' },
          { [ANNOTATION]: 'RegularExpression' },
        ),
      ),
    ).toEqual([]);
  });
});

describe('what is not carried out', () => {
  it("is said of other controllers' annotations, all in one", () => {
    const annotations = {
      'nginx.ingress.kubernetes.io/rewrite-target': '/',
      'cert-manager.io/cluster-issuer': 'letsencrypt',
      'portolan.dev/unheard-of': 'a',
    };
    expect(said(withPath({ pathType: 'Prefix' }, annotations))).toEqual([
      [
        'Accepted',
        'True',
        'UnsupportedAnnotations',
        'metadata.annotations',
        'not heeded here: cert-manager.io/cluster-issuer, nginx.ingress.kubernetes.io/rewrite-target',
      ],
    ]);
  });

  it('is not said of annotations that mean nothing to any controller', () => {
    const annotations = {
      description: 'the shop',
      'kubernetes.io/ingress.class': 'nginx',
      'kubernetes.io/description': 'the shop',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'meta.helm.sh/release-name': 'shop',
    };
    expect(said(withPath({ pathType: 'Prefix' }, annotations))).toEqual([]);
  });

  it('is said of TLS', () => {
    const tls = [{ hosts: ['b.com', 'a.com'] }, { hosts: ['b.com'], secretName: 'b' }];
    const condition = ['Accepted', 'True', 'TLSNotTerminated', 'spec.tls'];
    expect(said(ingressOf({ tls }))).toEqual([
      [...condition, 'TLS is to end in front of this router, for a.com, b.com'],
    ]);
    expect(said(ingressOf({ tls: [{}] }))).toEqual([
      [...condition, 'TLS is to end in front of this router, for every host'],
    ]);
  });
});
