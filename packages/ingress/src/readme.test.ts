import { ingress } from '@portolan/ingress';
import { compileRoutes, matchRoute } from '@portolan/routing';
import { expect, it } from 'vitest';

it('does what the README shows', () => {
  const { routes, conditions } = ingress().routes([
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'shop', namespace: 'web' },
      spec: {
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [
                {
                  path: '/cart',
                  pathType: 'Prefix',
                  backend: { service: { name: 'cart', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ]);
  const match = matchRoute(compileRoutes(routes).table, {
    method: 'GET',
    scheme: 'https',
    host: 'shop.example.com',
    path: '/cart/7',
    query: '',
    headers: { get: () => null },
  });
  expect(conditions).toEqual([]);
  expect(match).toMatchObject({
    outcome: 'matched',
    field: 'spec.rules[0].http.paths[0]',
    backends: [{ kind: 'Service', namespace: 'web', name: 'cart', port: 80 }],
  });
});
