import { describe, expect, it } from 'vitest';

import { documents, ingress, told, WEB } from '../../test/manifests.ts';

const CODE = 'TLSSecretInvalid';

const SECRET = `
apiVersion: v1
kind: Secret
metadata: {name: certificate, namespace: shop}
type: TYPE
data:
  KEYS
`;

const INGRESS = ingress('web', { tls: [{ hosts: ['shop.example'], secretName: 'certificate' }] });

function withSecret(type: string, keys: string, name = 'certificate'): string {
  const secret = SECRET.replace('TYPE', type).replace('KEYS', keys).replace('certificate', name);
  return documents(secret, INGRESS, WEB);
}

describe('a Secret that is named for TLS', () => {
  it('has to have a certificate and a key', () => {
    expect(told(CODE, withSecret('Opaque', 'tls.crt: AA=='))).toEqual([
      {
        at: 'data:',
        severity: 'warning',
        field: 'data',
        message: 'it is named in spec.tls, and has no tls.key',
        related: [expect.stringMatching(/^"secretName":"certificate"/u)],
      },
    ]);
  });

  it('of another type, with both, is a notice', () => {
    expect(told(CODE, withSecret('Opaque', '{tls.crt: AA==, tls.key: AA==}'))).toMatchObject([
      {
        at: 'type: Opaque',
        severity: 'notice',
        message: 'it is named in spec.tls and is of type Opaque, not kubernetes.io/tls',
        remedy:
          'write type: kubernetes.io/tls, without which portolan serve --https does not take it',
      },
    ]);
  });

  it.each([
    ['node', 'warning'],
    ['deno', 'warning'],
    ['bun', 'warning'],
    ['workers', 'notice'],
  ] as const)('of another type is, for %s, a %s', (target, severity) => {
    const text = withSecret('Opaque', '{tls.crt: AA==, tls.key: AA==}');
    expect(told(CODE, text, { target })).toMatchObject([{ severity }]);
  });

  it('is in order with both, and no matter where nothing names it or where it is not there', () => {
    expect(told(CODE, withSecret('kubernetes.io/tls', '{tls.crt: AA==, tls.key: AA==}'))).toEqual(
      [],
    );
    expect(told(CODE, withSecret('Opaque', 'a: AA==', 'other'))).toEqual([]);
    expect(told(CODE, documents(INGRESS, WEB))).toEqual([]);
  });

  it('of the type for TLS without a key is an error already, and not said twice', () => {
    const text = withSecret('kubernetes.io/tls', 'tls.crt: AA==');
    expect(told('FieldValueRequired', text)).toHaveLength(1);
    expect(told(CODE, text)).toEqual([]);
  });
});
