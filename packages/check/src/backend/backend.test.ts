import { describe, expect, it } from 'vitest';

import {
  codesOf,
  documents,
  ingress,
  path,
  rule,
  service,
  told,
  WEB,
} from '../../test/manifests.ts';

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  tls: [{hosts: [shop.example]}]
  defaultBackend:
    service:
      name: SERVICE
      port:
        PORT
`;

function leadingTo(name: string, port: string, ...others: readonly (object | string)[]): string {
  return documents(INGRESS.replace('SERVICE', name).replace('PORT', port), ...others);
}

describe('a backend that leads nowhere', () => {
  it('is found at the name of a Service that is not there', () => {
    expect(told('BackendNotFound', leadingTo('crat', 'number: 80'))).toEqual([
      {
        at: 'name: crat',
        severity: 'error',
        field: 'spec.defaultBackend.service.name',
        message: 'Service shop/crat is not among these manifests: requests get a 503',
        remedy:
          'there is no Service in namespace shop: check the manifests that have it together with these',
      },
    ]);
  });

  it('is found once for each path', () => {
    const to = { name: 'gone' };
    const text = documents(
      WEB,
      ingress('web', { rules: [rule('shop.example', path('/a', to), path('/b', to))] }),
    );
    expect(told('BackendNotFound', text).map(({ field }) => field)).toEqual([
      'spec.rules[0].http.paths[0].backend.service.name',
      'spec.rules[0].http.paths[1].backend.service.name',
    ]);
  });

  it.each([
    ['cart', 'crat'],
    ['cart', 'carts'],
    ['cart-service', 'cart'],
    ['cart', 'cart-svc'],
  ])('has a similarly named Service of the namespace, %s, for %s', (name, written) => {
    const text = leadingTo(written, 'number: 80', service('other'), service(name));
    expect(told('BackendNotFound', text)).toMatchObject([
      { remedy: `did you mean ${name}?`, related: [expect.stringContaining(name)] },
    ]);
  });

  it('has the Service of that name in another namespace', () => {
    const elsewhere = service('cart', {}, { metadata: { namespace: 'depot' } });
    expect(told('BackendNotFound', leadingTo('cart', 'number: 80', elsewhere))).toMatchObject([
      {
        remedy:
          'there is a Service cart in namespace depot, but only one in namespace shop can be meant',
        related: [expect.stringContaining('cart')],
      },
    ]);
  });

  it('has the Services that there are, or how many', () => {
    const few = leadingTo('gone', 'number: 80', service('cart'), service('mail'));
    expect(told('BackendNotFound', few)[0]?.remedy).toBe('namespace shop has cart and mail');
    const many = Array.from({ length: 9 }, (_, index) => service(`other-${index}`));
    expect(told('BackendNotFound', leadingTo('gone', 'number: 80', ...many))[0]?.remedy).toBe(
      'none of the 9 Services of namespace shop has a similar name',
    );
  });

  it('has the error of a Service that is left out for it', () => {
    const faulty = service('cart', { ports: [{ port: 0 }] });
    expect(told('BackendNotFound', leadingTo('cart', 'number: 80', faulty))).toMatchObject([
      {
        message: 'Service shop/cart is left out for an error: requests get a 503',
        remedy: 'mend that first',
        related: [expect.stringContaining('port')],
      },
    ]);
  });

  it('is found at a port that the Service does not have', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'metrics', port: 9090 },
    ];
    const cart = service('cart', { ports });
    expect(told('BackendNotFound', leadingTo('cart', 'number: 81', cart))).toMatchObject([
      {
        at: 'number: 81',
        message: 'Service shop/cart has no port 81: requests get a 503',
        remedy: 'it has 80 (http) and 9090 (metrics)',
      },
    ]);
    expect(told('BackendNotFound', leadingTo('cart', 'number: 8080', cart))[0]?.remedy).toBe(
      "8080 is a target port, and an Ingress names the Service's own: 80 or http",
    );
    expect(told('BackendNotFound', leadingTo('cart', 'name: metric', cart))).toMatchObject([
      { at: 'name: metric', remedy: 'did you mean metrics?' },
    ]);
  });

  it('is a port that does not carry TCP', () => {
    const dns = service('dns', { ports: [{ port: 53, protocol: 'UDP' }] });
    expect(told('UnsupportedProtocol', leadingTo('dns', 'number: 53', dns))).toMatchObject([
      {
        at: 'number: 53',
        severity: 'error',
        message: 'port 53 of Service shop/dns carries UDP, not TCP: requests get a 503',
      },
    ]);
  });

  it('is an object that is no Service', () => {
    const resource = { apiGroup: 'k8s.example', kind: 'Bucket', name: 'icons' };
    const text = documents(ingress('web', { rules: [], defaultBackend: { resource } }));
    expect(told('InvalidKind', text)).toMatchObject([
      {
        field: 'spec.defaultBackend.resource',
        message: 'nothing here serves backends of kind Bucket.k8s.example: requests get a 503',
      },
    ]);
  });

  it('is an ExternalName Service that the operator does not allow', () => {
    const spec = { type: 'ExternalName', externalName: 'pay.example', selector: undefined };
    const text = leadingTo('pay', 'number: 80', service('pay', spec));
    expect(told('ExternalNameNotAllowed', text)).toMatchObject([
      { at: 'name: pay', severity: 'error', related: [expect.stringContaining('pay.example')] },
    ]);
    const allowing = { externalNames: ['pay.example'] };
    expect(told('ExternalNameNotAllowed', text, {}, allowing)).toEqual([]);
  });

  it('is no error where another rule has its requests', () => {
    const text = documents(
      WEB,
      ingress('a'),
      ingress('b', { rules: [rule('shop.example', path('/', { name: 'gone' }))] }),
    );
    expect(told('BackendNotFound', text)).toMatchObject([
      { severity: 'warning', message: 'Service shop/gone is not among these manifests' },
    ]);
  });

  it('is nothing that a good backend has', () => {
    expect(codesOf(documents(WEB, ingress('web')))).toEqual(['TLSNotTerminated']);
  });
});
