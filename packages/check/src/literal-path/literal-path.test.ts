import { describe, expect, it } from 'vitest';

import { documents, ingress, path, rule, told, WEB } from '../../test/manifests.ts';

const CODE = 'LiteralRegularExpression';

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  tls: [{hosts: [shop.example]}]
  rules:
  - host: shop.example
    http:
      paths:
      - path: /api(/|$)
        pathType: TYPE
        backend: {service: {name: web, port: {number: 80}}}
`;

function withPath(value: string, annotations: object = {}): string {
  const specific = path(value, {}, 'ImplementationSpecific');
  return documents(WEB, ingress('web', { rules: [rule('shop.example', specific)] }, annotations));
}

describe('a path that looks like a regular expression', () => {
  it('is found, since it is none', () => {
    expect(told(CODE, documents(WEB, INGRESS.replace('TYPE', 'ImplementationSpecific')))).toEqual([
      {
        at: 'path: /api(/|$)',
        severity: 'warning',
        field: 'spec.rules[0].http.paths[0].path',
        message: '/api(/|$) looks like a regular expression and is taken for a plain prefix',
        remedy:
          'set the annotation portolan.dev/implementation-specific: RegularExpression, which then fits whole paths',
      },
    ]);
    expect(told(CODE, documents(WEB, INGRESS.replace('TYPE', 'Prefix')))[0]?.remedy).toContain(
      'write pathType: ImplementationSpecific',
    );
  });

  it('is one where the annotation says so', () => {
    const annotation = { 'portolan.dev/implementation-specific': 'RegularExpression' };
    expect(told(CODE, withPath('/api(/|$)', annotation))).toEqual([]);
  });

  it('with an asterisk is reported already', () => {
    expect(told(CODE, withPath('/api(/|$)(.*)'))).toEqual([]);
    expect(told('LiteralAsterisk', withPath('/api(/|$)(.*)'))).toHaveLength(1);
  });

  it.each(['/', '/api', '/a.b', '/~user/v1.2', '/a+b', '/api/v1/items;x=1'])(
    'is not one such as %s',
    (value) => {
      expect(told(CODE, withPath(value))).toEqual([]);
    },
  );

  it('is none that has to be exactly so', () => {
    expect(told(CODE, documents(WEB, INGRESS.replace('TYPE', 'Exact')))).toEqual([]);
  });
});
