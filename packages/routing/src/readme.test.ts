import { compileRoutes, matchRoute } from '@portolan/routing';
import { expect, it } from 'vitest';

it('does what the README shows', () => {
  const { table, conditions } = compileRoutes([
    {
      source: { kind: 'Ingress', namespace: 'web', name: 'shop' },
      rules: [
        {
          field: 'spec.rules[0].http.paths[0]',
          host: '*.example.com',
          matches: [{ path: { type: 'PathPrefix', value: '/cart' } }],
          backends: [
            { group: '', kind: 'Service', namespace: 'web', name: 'cart', port: 80, weight: 1 },
          ],
        },
      ],
    },
  ]);
  const request = {
    method: 'GET',
    scheme: 'https',
    host: 'shop.example.com',
    path: '/cart/./7',
    query: '',
    headers: { get: () => null },
  } as const;
  expect(conditions).toEqual([]);
  expect(matchRoute(table, request)).toMatchObject({ outcome: 'matched', path: '/cart/7' });
  expect(matchRoute(table, { ...request, path: '/cartoon' }, { trace: true })).toMatchObject({
    outcome: 'unmatched',
    trace: { candidates: [{ detail: '/cartoon is not /cart or below it' }] },
  });
});
