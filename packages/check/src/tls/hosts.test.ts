import { describe, expect, it } from 'vitest';

import { codesOf, documents, ingress, path, rule, told, WEB } from '../../test/manifests.ts';

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  tls:
  - secretName: certificate
    hosts:
    - TLS
  rules:
  - host: HOST
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: {service: {name: web, port: {number: 80}}}
`;

function of(host: string, covered: string): string {
  return documents(WEB, INGRESS.replace('HOST', `'${host}'`).replace('TLS', `'${covered}'`));
}

function hosts(...names: readonly (string | undefined)[]): object {
  return { tls: [], rules: names.map((host) => rule(host, path('/'))) };
}

describe('a host without TLS', () => {
  const CODE = 'HostWithoutTLS';

  it('is found at the rule', () => {
    expect(told(CODE, of('a.example', 'b.example'))).toEqual([
      {
        at: "host: 'a.example'",
        severity: 'warning',
        field: 'spec.rules[0].host',
        message: 'no spec.tls in namespace shop covers a.example',
        remedy: 'add a.example to the hosts of an entry of spec.tls',
      },
    ]);
  });

  it.each([
    ['shop.example', 'shop.example', 0],
    ['a.shop.example', '*.shop.example', 0],
    ['*.shop.example', '*.shop.example', 0],
    ['shop.example', '*.shop.example', 1],
    ['a.b.shop.example', '*.shop.example', 1],
    ['*.shop.example', 'a.shop.example', 1],
  ])('%s is covered by %s for one label only', (host, covered, findings) => {
    expect(told(CODE, of(host, covered))).toHaveLength(findings);
  });

  it('is covered by another Ingress of the namespace, and by an entry without hosts', () => {
    const other = ingress('other');
    expect(told(CODE, documents(WEB, other, ingress('web', hosts('shop.example'))))).toEqual([]);
    const all = ingress('other', { tls: [{ secretName: 'certificate' }] });
    expect(told(CODE, documents(WEB, all, ingress('web', hosts('a.example', undefined))))).toEqual(
      [],
    );
  });

  it('is said once for each host of an Ingress', () => {
    const text = documents(WEB, ingress('web', hosts('a.example', 'a.example', 'b.example')));
    expect(told(CODE, text).map(({ field }) => field)).toEqual([
      'spec.rules[0].host',
      'spec.rules[2].host',
    ]);
  });

  it('is a notice, once, for rules without a host', () => {
    const text = documents(WEB, ingress('web', hosts(undefined, undefined)));
    expect(told(CODE, text)).toMatchObject([
      {
        severity: 'notice',
        field: 'spec.rules[0]',
        message: 'this rule is for every host, and spec.tls has no entry that covers every host',
      },
    ]);
  });

  it('is none where it is this machine', () => {
    expect(told(CODE, documents(WEB, ingress('web', hosts('localhost', 'a.localhost'))))).toEqual(
      [],
    );
  });

  it('is not looked for in an Ingress that is left to others', () => {
    const text = documents(WEB, ingress('web', hosts('a.example')));
    const options = { ingress: { controllers: ['example.com/ours'] } };
    expect(told(CODE, text, {}, options)).toEqual([]);
  });
});

describe('a host of spec.tls without a rule', () => {
  const CODE = 'TLSHostWithoutRule';

  it('is found where it is named', () => {
    expect(told(CODE, of('a.example', 'b.example'))).toEqual([
      {
        at: "'b.example'",
        severity: 'warning',
        field: 'spec.tls[0].hosts[0]',
        message: 'no rule of this Ingress names b.example',
        remedy: 'its rules name a.example',
      },
    ]);
  });

  it.each([
    ['a.shop.example', '*.shop.example'],
    ['*.shop.example', 'a.shop.example'],
    ['shop.example', 'shop.example'],
  ])('is none where a rule for %s and the host %s have hosts in common', (host, covered) => {
    expect(told(CODE, of(host, covered))).toEqual([]);
  });
});

describe('TLS for every host', () => {
  it('leaves nothing to say but where it ends', () => {
    expect(codesOf(of('shop.example', 'shop.example'))).toEqual(['TLSNotTerminated']);
  });
});
