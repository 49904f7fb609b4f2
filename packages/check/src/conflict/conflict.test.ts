import { describe, expect, it } from 'vitest';

import { codesOf, documents, ingress, path, rule, told, WEB } from '../../test/manifests.ts';

const LATER = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: later, namespace: shop}
spec:
  tls: [{hosts: [shop.example]}]
  rules:
  - host: shop.example
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: {service: {name: NAME, port: {number: 80}}}
`;

function after(...rules: readonly object[]): string {
  return documents(LATER, WEB, ingress('early', { rules }));
}

describe('a rule that another one equals', () => {
  it('is found with the rule that has its requests', () => {
    const text = after(rule('shop.example', path('/'))).replace('NAME', 'other');
    expect(told('Conflicted', text)).toEqual([
      {
        at: 'path: /',
        severity: 'warning',
        field: 'spec.rules[0].http.paths[0]',
        message:
          'Ingress shop/early has all requests for PathPrefix / on shop.example: this rule gets none',
        remedy: 'remove one of the two rules',
        related: [expect.stringContaining('"path":"/"')],
      },
    ]);
  });

  it('is one too many where both have the same backend', () => {
    const text = after(rule('shop.example', path('/'))).replace('NAME', 'web');
    expect(told('Conflicted', text)).toMatchObject([
      { severity: 'notice', message: expect.stringContaining('this rule is one too many') },
    ]);
  });

  it('may be in the same object', () => {
    const own = ingress('web', {
      rules: [rule('shop.example', path('/a', { port: { number: 81 } }), path('/a/'))],
    });
    expect(told('Conflicted', documents(WEB, own))[0]?.message).toBe(
      'another rule of this object has all requests for PathPrefix /a on shop.example: this rule gets none',
    );
  });

  it('is not said to be unreachable too', () => {
    const text = after(rule('shop.example', path('/'))).replace('NAME', 'web');
    expect(codesOf(text)).toEqual(['Conflicted', 'TLSNotTerminated']);
  });

  it('is none where the paths differ', () => {
    const text = after(rule('shop.example', path('/a'))).replace('NAME', 'web');
    expect(told('Conflicted', text)).toEqual([]);
  });
});
