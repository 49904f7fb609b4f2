import { describe, expect, it } from 'vitest';

import { certificateChooser } from './certificate-chooser.ts';
import { certificateFor, type TLSCertificate } from './tls-certificate.ts';

const certificate = (cert: string, ...serverNames: string[]): TLSCertificate => ({
  serverNames,
  cert,
  key: '',
});

describe('the certificate for a name', () => {
  const certificates = [
    certificate('default', '*'),
    certificate('wildcard', '*.shop.example'),
    certificate('cart', 'cart.shop.example', 'basket.example'),
    certificate('later', 'cart.shop.example', '*.shop.example', '*'),
  ];

  it.each([
    ['has the very name', 'cart.shop.example', 'cart'],
    ['has it among others', 'basket.example', 'cart'],
    ['is found whatever case the client writes', 'Cart.SHOP.example', 'cart'],
    ['has a wildcard for the first label', 'pay.shop.example', 'wildcard'],
    ['is the default where a wildcard would stand for two labels', 'a.b.shop.example', 'default'],
    ['is the default where a wildcard would stand for none', 'shop.example', 'default'],
    ['is the default where nobody has it', 'elsewhere.example', 'default'],
    ['is the default where there is no name', '', 'default'],
  ])('%s', (_, name, cert) => {
    expect(certificateFor(certificates, name)?.cert).toBe(cert);
  });

  it.each(['elsewhere.example', 'shop.example', 'localhost', ''])(
    'is none without a default: %j',
    (name) => expect(certificateFor(certificates.slice(1, 3), name)).toBeUndefined(),
  );
});

describe('choosing among certificates that may be unusable', () => {
  const chooser = (
    certificates: () => readonly TLSCertificate[],
  ): { readonly choose: (name: string) => string | undefined; readonly said: string[] } => {
    const said: string[] = [];
    const choose = certificateChooser({
      certificates,
      prepare: ({ cert }) => {
        said.push(cert);
        if (cert.startsWith('bad')) throw new Error('no PEM');
        return { cert };
      },
      onError: ({ message }) => said.push(message),
    });
    return { choose: (name) => choose(name)?.cert, said };
  };

  it('goes on as if an unusable one were not there, and says so once', () => {
    const certificates = [
      certificate('bad', 'a.example'),
      certificate('good', 'a.example'),
      certificate('bad wildcard', '*.example'),
      certificate('default', '*'),
    ];
    const { choose, said } = chooser(() => certificates);
    expect(choose('a.example')).toBe('good');
    expect(choose('b.example')).toBe('default');
    expect(choose('a.example')).toBe('good');
    expect(said).toEqual([
      'bad',
      'the certificate for a.example can not be used: no PEM',
      'good',
      'bad wildcard',
      'the certificate for *.example can not be used: no PEM',
      'default',
    ]);
  });

  it('asks for the certificates each time', () => {
    let certificates = [certificate('old', 'a.example')];
    const { choose } = chooser(() => certificates);
    expect(choose('a.example')).toBe('old');
    certificates = [certificate('renewed', 'a.example'), certificate('added', 'b.example')];
    expect(choose('a.example')).toBe('renewed');
    expect(choose('b.example')).toBe('added');
    certificates = [];
    expect(choose('a.example')).toBeUndefined();
  });
});
