import type {
  HTTPIngressPath,
  Ingress,
  IngressBackend,
  IngressRule,
  PathType,
  Resource,
} from '@portolan/core';
import type { RouteMatch } from '@portolan/routing';
import { compileRoutes, matchRoute } from '@portolan/routing';
import { describe, expect, it } from 'vitest';

import { ingress } from './ingress.ts';

function to(service: string): IngressBackend {
  return { service: { name: service, port: { number: 8080 } } };
}

function path(pathType: PathType, value: string, service: string): HTTPIngressPath {
  return { path: value, pathType, backend: to(service) };
}

function onHost(host: string | undefined, ...paths: readonly HTTPIngressPath[]): IngressRule {
  return { ...(host !== undefined && { host }), http: { paths } };
}

function ingressOf(
  name: string,
  spec: Ingress['spec'],
  metadata: Partial<Ingress['metadata']> = {},
): Ingress {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'harbour', ...metadata },
    spec,
  };
}

/** Wants everything on the host `shop`. */
function wanting(name: string, metadata?: Partial<Ingress['metadata']>): Ingress {
  return ingressOf(name, { rules: [onHost('shop', path('Prefix', '/', name))] }, metadata);
}

function send(resources: readonly Resource[], url: string, method = 'GET'): RouteMatch {
  const { table } = compileRoutes(ingress().routes(resources).routes);
  const [, host = '', requested = ''] = /^http:\/\/([^/]*)(.*)$/u.exec(url) ?? [];
  const headers = { get: () => null };
  return matchRoute(table, {
    method,
    scheme: 'http',
    host,
    path: requested,
    query: '',
    headers,
  });
}

/** The Service that answers, or the outcome where none does. */
function answer(resources: readonly Resource[], url: string, method?: string): string {
  const match = send(resources, url, method);
  return 'backends' in match ? (match.backends[0]?.name ?? '') : match.outcome;
}

// What the features of the Ingress controller conformance tests ask for.

describe('host rules', () => {
  const resources = [
    ingressOf('hosts', {
      tls: [{ hosts: ['pilot.example.org'], secretName: 'pilot-tls' }],
      rules: [
        onHost('*.quay.example.org', path('Prefix', '/', 'any-berth')),
        onHost('pilot.example.org', {
          ...path('Prefix', '/', ''),
          backend: { service: { name: 'pilot', port: { name: 'http' } } },
        }),
      ],
    }),
  ];

  it.each([
    ['http://pilot.example.org', 'pilot', 'the host of a rule'],
    ['http://PILOT.example.org:8080/', 'pilot', 'the host of a rule, in capitals and with a port'],
    ['http://tug.example.org', 'unmatched', 'no host of any rule'],
    ['http://three.quay.example.org', 'any-berth', 'one label in place of the asterisk'],
    ['http://a.three.quay.example.org', 'unmatched', 'two labels in place of the asterisk'],
    ['http://quay.example.org', 'unmatched', 'no label in place of the asterisk'],
  ])('%s is for %s: %s', (url, service) => {
    expect(answer(resources, url)).toBe(service);
  });
});

describe('path rules', () => {
  const resources = [
    ingressOf('paths', {
      rules: [
        onHost('exact', path('Exact', '/log', 'log')),
        onHost(
          'prefix',
          path('Prefix', '/log', 'log'),
          path('Prefix', '/crew/mates', 'mates'),
          path('Prefix', '/crew', 'crew'),
        ),
        onHost('mixed', path('Prefix', '/log', 'log-prefix'), path('Exact', '/log', 'log-exact')),
        onHost('slashes', path('Prefix', '/crew/mates/', 'mates'), path('Exact', '/log/', 'log')),
      ],
    }),
  ];

  it.each([
    ['http://exact/log', 'log'],
    ['http://exact/log/', 'unmatched'],
    ['http://exact/LOG', 'unmatched'],
    ['http://exact/cargo', 'unmatched'],
    ['http://prefix/log', 'log'],
    ['http://prefix/log/', 'log'],
    ['http://prefix/LOG', 'unmatched'],
    ['http://prefix/crew/mates', 'mates'],
    ['http://prefix/crew/mates/first', 'mates'],
    ['http://prefix/crew/cook', 'crew'],
    ['http://prefix/crewmates', 'unmatched'],
    ['http://mixed/log', 'log-exact'],
    ['http://mixed/log/today', 'log-prefix'],
    ['http://slashes/crew/mates', 'mates'],
    ['http://slashes/crew/mates/', 'mates'],
    ['http://slashes/log/', 'log'],
    ['http://slashes/log', 'unmatched'],
  ])('%s is for %s', (url, service) => {
    expect(answer(resources, url)).toBe(service);
  });

  it('leave the path as it was sent, slash and all', () => {
    expect(send(resources, 'http://prefix/log/')).toMatchObject({ path: '/log/' });
  });
});

describe('a default backend', () => {
  const alone = ingressOf('alone', { defaultBackend: to('watch') });

  it.each([
    ['GET', 'http://any-host'],
    ['GET', 'http://any-host/sub-path'],
    ['POST', 'http://some-host'],
    ['PUT', 'http:///resource'],
    ['DELETE', 'http://some-host/resource'],
    ['PATCH', 'http://any-host/resource'],
  ])('of an Ingress without rules takes %s %s', (method, url) => {
    expect(answer([alone], url, method)).toBe('watch');
  });

  it('takes what no rule of its Ingress does', () => {
    const resources = [
      ingressOf('shop', {
        defaultBackend: to('lost-and-found'),
        rules: [onHost('shop', path('Prefix', '/cart', 'cart'))],
      }),
    ];
    expect(answer(resources, 'http://shop/cart')).toBe('cart');
    expect(answer(resources, 'http://shop/')).toBe('lost-and-found');
    expect(answer(resources, 'http://other/')).toBe('lost-and-found');
  });

  it('takes everything for a host whose rule has no paths, and nothing for others', () => {
    const resources = [
      ingressOf('bare', { defaultBackend: to('bare'), rules: [{ host: 'bare.example.org' }] }),
      ingressOf('wide', { rules: [onHost('*.example.org', path('Prefix', '/', 'wide'))] }),
    ];
    expect(answer(resources, 'http://bare.example.org/x')).toBe('bare');
    expect(answer(resources, 'http://other.example.org/x')).toBe('wide');
  });

  it('takes what a path with an asterisk, which is literal, does not', () => {
    const resources = [
      ingressOf('boutique', {
        defaultBackend: to('frontend'),
        rules: [onHost(undefined, path('ImplementationSpecific', '/*', 'asterisk'))],
      }),
    ];
    expect(answer(resources, 'http://boutique/cart')).toBe('frontend');
    expect(answer(resources, 'http://boutique/*')).toBe('asterisk');
  });
});

describe('several Ingresses', () => {
  const old = { creationTimestamp: '2024-01-01T00:00:00Z' };

  it('share a host', () => {
    const resources = [
      ingressOf('cart', { rules: [onHost('shop', path('Prefix', '/cart', 'cart'))] }),
      ingressOf('pay', { rules: [onHost('shop', path('Prefix', '/cart/pay', 'pay'))] }),
    ];
    expect(answer(resources, 'http://shop/cart/1')).toBe('cart');
    expect(answer(resources, 'http://shop/cart/pay/1')).toBe('pay');
  });

  it('that want the same path are settled by age, then by namespace/name', () => {
    expect(answer([wanting('a'), wanting('b', old)], 'http://shop/')).toBe('b');
    expect(answer([wanting('b'), wanting('a')], 'http://shop/')).toBe('a');
    expect(answer([wanting('a'), wanting('b', { namespace: 'anchor' })], 'http://shop/')).toBe('b');
  });

  it('do not keep one another from serving where one has a regular expression that is none', () => {
    const resources = [
      ingressOf(
        'broken',
        {
          rules: [
            onHost(
              'shop',
              path('ImplementationSpecific', '/(', 'nobody'),
              path('ImplementationSpecific', '/v[12]/.*', 'api'),
            ),
          ],
        },
        { annotations: { 'portolan.dev/implementation-specific': 'RegularExpression' } },
      ),
      ingressOf('sound', { rules: [onHost('shop', path('Prefix', '/', 'shop'))] }),
    ];
    expect(answer(resources, 'http://shop/v2/users')).toBe('api');
    expect(answer(resources, 'http://shop/v3/users')).toBe('shop');
    const { conditions } = compileRoutes(ingress().routes(resources).routes);
    expect(conditions).toMatchObject([
      {
        object: { kind: 'Ingress', namespace: 'harbour', name: 'broken' },
        type: 'PartiallyInvalid',
        reason: 'UnsupportedValue',
        field: 'spec.rules[0].http.paths[0]',
      },
    ]);
  });

  it('give the same routes and Conditions in whatever order they come', () => {
    const resources = [
      ingressOf('b', { tls: [{}], rules: [onHost('shop')] }),
      ingressOf('a', { tls: [{}] }, { namespace: 'zoo' }),
      ingressOf('a', { tls: [{}] }, { namespace: 'harbour-2' }),
      ingressOf('a', { tls: [{}] }),
    ];
    const provider = ingress();
    expect(provider.routes(resources.toReversed())).toEqual(provider.routes(resources));
    expect(provider.routes(resources).conditions.map(({ object }) => object.namespace)).toEqual([
      'harbour-2',
      'harbour',
      'harbour',
      'zoo',
    ]);
  });
});

describe('other kinds', () => {
  it('are passed over', () => {
    const service: Resource = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'cart' },
      spec: {},
    };
    expect(ingress().routes([service])).toEqual({ routes: [], conditions: [] });
  });
});
