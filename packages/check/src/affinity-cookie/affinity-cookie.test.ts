import { expect, it } from 'vitest';

import { documents, ingress, path, rule, service, told } from '../../test/manifests.ts';

const CODE = 'AffinityCookieShared';

function sticky(name: string, cookie: string): object {
  const annotations = { 'portolan.dev/affinity-cookie': cookie };
  return service(name, {}, { metadata: { annotations } });
}

const RULES = [
  rule('shop.example', path('/', { name: 'web' }), path('/cart', { name: 'cart' })),
  rule('pay.example', path('/', { name: 'pay' })),
];

it('Services of one host that would overwrite each other’s cookie are told, once', () => {
  const text = documents(
    sticky('web', 'sticky'),
    sticky('cart', 'sticky'),
    sticky('pay', 'sticky'),
    ingress('shop', { rules: RULES }),
  );
  expect(told(CODE, text)).toMatchObject([
    {
      severity: 'warning',
      field: 'metadata.annotations[portolan.dev/affinity-cookie]',
      message:
        'Service shop/cart has a cookie of the same name on shop.example: a client of both is bound to neither for long',
    },
  ]);
});

it('cookies of different names, and of different hosts, are well', () => {
  const text = documents(
    sticky('web', 'web'),
    sticky('cart', 'cart'),
    sticky('pay', 'web'),
    ingress('shop', { rules: RULES }),
  );
  expect(told(CODE, text)).toEqual([]);
});
