import { expect, it } from 'vitest';

import { ServersByName } from './servers-by-name.ts';
import type { TLSCertificate } from './tls-certificate.ts';

const certificate = (cert: string): TLSCertificate => ({
  serverNames: ['a.example'],
  cert,
  key: '',
});

const watched = (
  certificates: () => readonly TLSCertificate[],
): { readonly servers: ServersByName<string>; readonly said: string[] } => {
  const said: string[] = [];
  const servers = new ServersByName({
    certificates,
    start: ({ cert }) => {
      said.push(`start ${cert}`);
      if (cert === 'bad') throw new Error('no PEM');
      return cert;
    },
    stop: (cert) => said.push(`stop ${cert}`),
    onError: () => said.push('error'),
  });
  return { servers, said };
};

it('starts a server for a certificate when somebody asks for it, once', () => {
  const one = certificate('one');
  const { servers, said } = watched(() => [certificate('bad'), one]);
  expect(said).toEqual([]);
  expect(servers.enter('b.example')).toBeUndefined();
  expect(servers.enter('a.example')?.server).toBe('one');
  expect(servers.enter('a.example')?.server).toBe('one');
  expect(said.filter((what) => what === 'start one')).toHaveLength(1);
  expect(servers.servers()).toEqual(['one']);
});

it('stops it when the certificate is gone and its last connection, too', () => {
  let certificates = [certificate('old')];
  const { servers, said } = watched(() => certificates);
  const first = servers.enter('a.example');
  const second = servers.enter('a.example');
  certificates = [certificate('new')];
  servers.reload();
  first?.leave();
  expect(said).toEqual(['start old']);
  expect(servers.enter('a.example')?.server).toBe('new');
  second?.leave();
  expect(said).toEqual(['start old', 'start new', 'stop old']);
  expect(servers.servers()).toEqual(['new']);
});

it('keeps it without connections while the certificate is there', () => {
  const certificates = [certificate('one')];
  const { servers, said } = watched(() => certificates);
  servers.enter('a.example')?.leave();
  servers.reload();
  expect(said).toEqual(['start one']);
});

it('starts it anew when the certificate comes back', () => {
  const certificates = [certificate('one')];
  const now = [...certificates];
  const { servers, said } = watched(() => now);
  servers.enter('a.example')?.leave();
  now.length = 0;
  servers.reload();
  now.push(...certificates);
  expect(servers.enter('a.example')?.server).toBe('one');
  expect(said).toEqual(['start one', 'stop one', 'start one']);
});
