import { describe, expect, it } from 'vitest';

import { documents, ingress, told, WEB } from '../../test/manifests.ts';

const CODE = 'TLSNotTerminated';

const NAMED = ingress('web', { tls: [{ hosts: ['shop.example'], secretName: 'certificate' }] });

const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'certificate', namespace: 'shop' },
  type: 'kubernetes.io/tls',
  data: { 'tls.crt': 'AA==', 'tls.key': 'AA==' },
};

const HOSTS = ['node', 'deno', 'bun'] as const;

describe('where TLS ends', () => {
  it('is not known without a target', () => {
    expect(told(CODE, documents(WEB, NAMED, SECRET))).toMatchObject([
      { severity: 'notice', field: 'spec.tls', message: expect.stringContaining('shop.example') },
    ]);
  });

  it('is at Cloudflare for Workers, whatever Secrets there are', () => {
    const notice = {
      severity: 'notice',
      field: 'spec.tls',
      message:
        'TLS ends at Cloudflare, in front of the Worker, for shop.example: Secrets are not read',
      remedy: 'have a certificate for these hosts at Cloudflare',
    };
    for (const text of [documents(WEB, NAMED), documents(WEB, NAMED, SECRET)]) {
      expect(told(CODE, text, { target: 'workers' })).toMatchObject([notice]);
    }
  });

  it('is said once for the hosts of an Ingress on Workers, and not of one without TLS', () => {
    const tls = [{ hosts: ['b.example', 'a.example'] }, { hosts: ['a.example'] }];
    expect(
      told(CODE, documents(WEB, ingress('web', { tls })), { target: 'workers' }),
    ).toMatchObject([{ message: expect.stringContaining('for a.example, b.example: ') }]);
    const all = ingress('web', { tls: [{ secretName: 'certificate' }] });
    expect(told(CODE, documents(WEB, all), { target: 'workers' })).toMatchObject([
      { message: expect.stringContaining('for every host: ') },
    ]);
    const none = documents(WEB, ingress('web', { tls: [] }));
    expect(told(CODE, none, { target: 'workers' })).toEqual([]);
  });

  it.each(HOSTS)('is at the host on %s, which leaves nothing to say with the Secret', (target) => {
    expect(told(CODE, documents(WEB, NAMED, SECRET), { target })).toEqual([]);
  });

  it.each(HOSTS)('is doubtful on %s where the Secret is not among the manifests', (target) => {
    const elsewhere = { ...SECRET, metadata: { name: 'certificate', namespace: 'other' } };
    for (const text of [documents(WEB, NAMED), documents(WEB, NAMED, elsewhere)]) {
      expect(told(CODE, text, { target })).toMatchObject([
        {
          at: expect.stringMatching(/^\{"hosts":\["shop.example"\],"secretName":"certificate"\}/u),
          severity: 'notice',
          field: 'spec.tls[0]',
          message:
            'Secret shop/certificate is not among the manifests, and portolan serve --https takes the certificate for shop.example from it',
          remedy:
            'give it to portolan serve as well, or have a certificate for these hosts where TLS ends in front',
        },
      ]);
    }
  });

  it('is doubtful on a host for each entry that names no Secret', () => {
    const tls = [
      { hosts: ['shop.example'], secretName: 'certificate' },
      { hosts: ['a.example', 'b.example'] },
    ];
    const text = documents(WEB, ingress('web', { tls }), SECRET);
    expect(told(CODE, text, { target: 'node' })).toMatchObject([
      {
        field: 'spec.tls[1]',
        message:
          'no Secret is named for a.example, b.example, and portolan serve --https has certificates from nowhere else',
        remedy:
          'name a Secret in secretName, or have a certificate for these hosts where TLS ends in front',
      },
    ]);
  });

  it('is no matter of an Ingress that is left to others', () => {
    const options = { ingress: { controllers: ['example.com/ours'] } };
    for (const target of ['workers', 'node'] as const) {
      expect(told(CODE, documents(WEB, NAMED), { target }, options)).toEqual([]);
    }
  });
});
