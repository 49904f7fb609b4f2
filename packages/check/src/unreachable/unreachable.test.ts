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

const REGULAR = { 'portolan.dev/implementation-specific': 'RegularExpression' };

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations: {portolan.dev/implementation-specific: RegularExpression}
spec:
  tls: [{hosts: [shop.example]}]
  rules:
  - host: shop.example
    http:
      paths:
      - path: /a
        pathType: Exact
        backend: {service: {name: web, port: {number: 80}}}
      - path: /(a)
        pathType: ImplementationSpecific
        backend: {service: {name: OTHER, port: {number: 80}}}
`;

const OTHER = service('other', { selector: { app: 'web' } });

describe('a rule that never wins', () => {
  it('is found with the rules that take its requests', () => {
    expect(
      told('UnreachableRule', documents(INGRESS.replace('OTHER', 'other'), WEB, OTHER)),
    ).toEqual([
      {
        at: 'path: /(a)',
        severity: 'warning',
        field: 'spec.rules[0].http.paths[1]',
        message:
          'all requests for RegularExpression /(a) on shop.example go to Exact /a on shop.example: this rule never wins',
        related: ['path: /a'],
      },
    ]);
  });

  it('is one too many where those lead to the same backend', () => {
    expect(told('UnreachableRule', documents(INGRESS.replace('OTHER', 'web'), WEB))).toMatchObject([
      { severity: 'notice', message: expect.stringContaining('this rule is one too many') },
    ]);
  });

  it('may lose to other objects, which are named', () => {
    const expression = path('/(?:x|y)', { name: 'other' }, 'ImplementationSpecific');
    const text = documents(
      WEB,
      OTHER,
      ingress('a', { rules: [rule('shop.example', path('/x'), path('/y'))] }),
      ingress('b', { rules: [rule('shop.example', expression)] }, REGULAR),
      ingress('c', {
        rules: [rule('shop.example', path('/x', {}, 'Exact'), path('/y', {}, 'Exact'))],
      }),
    );
    expect(told('UnreachableRule', text)[0]?.message).toBe(
      'all requests for RegularExpression /(?:x|y) on shop.example go to Exact /x on shop.example (Ingress shop/c) and Exact /y on shop.example (Ingress shop/c): this rule never wins',
    );
  });

  it('may be a default backend', () => {
    const defaultBackend = { service: { name: 'web', port: { number: 80 } } };
    const own = documents(
      WEB,
      ingress('web', { defaultBackend }),
      ingress('only', { rules: [], tls: [], defaultBackend }),
    );
    expect(told('UnreachableRule', own)).toMatchObject([
      {
        field: 'spec.defaultBackend',
        message:
          'this default backend answers no request: rules take every request of its hosts, and elsewhere that of Ingress shop/only is asked',
      },
    ]);
    const two = documents(
      WEB,
      ingress('a', { rules: [], tls: [], defaultBackend }),
      ingress('b', { rules: [], tls: [], defaultBackend }),
    );
    expect(told('UnreachableRule', two)).toMatchObject([
      {
        message: 'this default backend answers no request: that of Ingress shop/a is asked',
        related: [expect.stringContaining('"defaultBackend"')],
      },
    ]);
  });

  it('is none where one request is left to it', () => {
    const text = documents(
      WEB,
      ingress('web', {
        rules: [rule('shop.example', path('/'), path('/a'), path('/a/b', {}, 'Exact'))],
      }),
    );
    expect(codesOf(text)).toEqual(['TLSNotTerminated']);
  });
});
