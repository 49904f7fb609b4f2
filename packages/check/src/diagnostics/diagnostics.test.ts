import { describe, expect, it } from 'vitest';

import {
  codesOf,
  documents,
  findingsOf,
  ingress,
  path,
  rule,
  service,
  told,
  WEB,
} from '../../test/manifests.ts';

describe('what reading and compiling had to say', () => {
  it('is an error where an object is left out', () => {
    const text = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: [{port: 80}]
  selektor: {app: web}
`;
    expect(told('UnknownField', text)).toMatchObject([
      { at: 'selektor: {app: web}', severity: 'error', field: 'spec.selektor' },
    ]);
  });

  it('is a notice where the manifests are right and something is to be known', () => {
    expect(told('TLSNotTerminated', documents(WEB, ingress('web')))).toMatchObject([
      {
        severity: 'notice',
        field: 'spec.tls',
        message: 'TLS is to end in front of this router, for shop.example',
        remedy: 'have a certificate for it where TLS ends',
      },
    ]);
    const classy = documents(WEB, ingress('web', { ingressClassName: 'nginx' }));
    expect(told('IngressClassNotFound', classy)).toMatchObject([{ severity: 'notice' }]);
    const others = { ingress: { controllers: ['example.com/ours'] } };
    expect(told('NoMatchingParent', documents(WEB, ingress('web')), {}, others)).toMatchObject([
      { severity: 'notice' },
    ]);
  });

  it('is an error where a rule is dropped, a warning where an annotation of ours is not understood', () => {
    const annotation = { 'portolan.dev/implementation-specific': 'RegularExpression' };
    const broken = path('/(a', {}, 'ImplementationSpecific');
    const dropped = ingress('web', { rules: [rule('shop.example', broken)] }, annotation);
    expect(told('UnsupportedValue', documents(WEB, dropped))).toMatchObject([
      { severity: 'error', field: 'spec.rules[0].http.paths[0]' },
    ]);
    const odd = ingress('web', {}, { 'portolan.dev/implementation-specific': 'Glob' });
    expect(told('UnsupportedValue', documents(WEB, odd))).toMatchObject([{ severity: 'warning' }]);
  });

  it('is a warning in all other cases', () => {
    const text = documents(WEB, ingress('web', { rules: [rule('shop.example', path('/a*'))] }));
    expect(told('LiteralAsterisk', text)).toMatchObject([{ severity: 'warning' }]);
  });

  it('has the place of the object that counts, where it stands twice', () => {
    const text = documents(WEB, service('web'));
    expect(findingsOf(text)).toMatchObject([
      {
        code: 'DuplicateObject',
        severity: 'warning',
        line: 1,
        related: [{ message: 'this one counts', line: 5, column: 1 }],
      },
    ]);
  });

  it('is said of annotations one by one, and not all at once', () => {
    const text = documents(WEB, ingress('web', {}, { 'example.com/a': '1', 'example.com/b': '2' }));
    expect(codesOf(text)).toEqual(['AnnotationNotHonoured', 'TLSNotTerminated']);
  });
});
