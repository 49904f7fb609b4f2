import type { Secret } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { certificate } from '../../../node/test/certificate/certificate.ts';
import { readCertificates, type Certificates } from './certificates.ts';

const own = certificate('shop.example', '*.shop.example');

function secret(data: Readonly<Record<string, string>>, type = 'kubernetes.io/tls'): Secret {
  const coded = Object.entries(data).map(([name, text]) => [name, btoa(text)]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'shop', name: 'tls' },
    type,
    data: Object.fromEntries(coded),
  };
}

function read(
  found: Secret | undefined,
  hosts: readonly string[] = ['shop.example'],
): Certificates {
  const asked = {
    namespace: 'shop',
    secretName: 'tls',
    hosts,
    ingress: 'web',
    field: 'spec.tls[0]',
  };
  return readCertificates([asked], () => found);
}

const good = { 'tls.crt': own.cert, 'tls.key': own.key };

describe('readCertificates', () => {
  it('reads what a Secret has, for the hosts that the Ingress says', () => {
    expect(read(secret(good))).toEqual({
      certificates: [{ serverNames: ['shop.example'], cert: own.cert, key: own.key }],
      warnings: [],
    });
  });

  it('takes the names of the certificate where the Ingress says none', () => {
    const { certificates } = read(secret(good), []);
    expect(certificates[0]?.serverNames).toEqual(['shop.example', '*.shop.example']);
  });

  it('says for which hosts a certificate is not, and takes it all the same', () => {
    const hosts = ['a.shop.example', 'a.b.shop.example', 'other.example'];
    const { certificates, warnings } = read(secret(good), hosts);
    expect(certificates).toHaveLength(1);
    expect(warnings).toEqual([
      'Ingress shop/web: spec.tls[0]: the certificate in Secret shop/tls is not for a.b.shop.example, other.example',
    ]);
  });

  it.each([
    ['there is no Secret shop/tls', undefined],
    ['Secret shop/tls is not of type kubernetes.io/tls', secret(good, 'Opaque')],
    ['Secret shop/tls has no tls.crt', secret({ 'tls.key': own.key })],
    ['Secret shop/tls has no tls.key', secret({ 'tls.crt': own.cert })],
    ['tls.crt of Secret shop/tls is no certificate in PEM', secret({ ...good, 'tls.crt': 'a' })],
    ['tls.key of Secret shop/tls is no private key in PEM', secret({ ...good, 'tls.key': 'a' })],
    [
      'tls.key of Secret shop/tls does not belong to its certificate',
      secret({ ...good, 'tls.key': certificate().key }),
    ],
  ])('says that %s, and nothing of keys', (fault, found) => {
    expect(read(found)).toEqual({
      certificates: [],
      warnings: [`Ingress shop/web: spec.tls[0]: ${fault}`],
    });
  });
});
