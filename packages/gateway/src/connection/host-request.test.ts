import type { HostRequest } from '@portolan/proxy';
import { describe, expect, it } from 'vitest';

import { hostRequest } from './host-request.ts';

const isOnWorkers = navigator.userAgent === 'Cloudflare-Workers';
const request = new Request('http://shop.example/');

describe('what a host tells of a request', () => {
  it('is all that is in its HostRequest', () => {
    const told: HostRequest = {
      remoteAddress: '::ffff:198.51.100.7',
      httpVersion: '2',
      upgrade: () => Promise.reject(new Error('not here')),
      earlyHints: () => undefined,
    };
    const { remoteAddress: _, ...others } = told;
    expect(hostRequest(request, told)).toMatchObject({ clientAddress: '198.51.100.7', ...others });
  });

  it('is the address alone on Bun, whose server upgrades in its own way', () => {
    const server = { requestIP: () => ({ address: '198.51.100.7' }), upgrade: () => true };
    const told = hostRequest(request, server);
    expect(told).toMatchObject({ clientAddress: '198.51.100.7' });
    expect(told.upgrade).toBeUndefined();
  });

  it.each([[undefined], [null], ['text'], [{ upgrade: 'https' }], [{ httpVersion: 2 }], [{}]])(
    'is nothing in %o',
    (platform) => {
      const { isPeerAppended: _, ...told } = hostRequest(request, platform);
      expect(Object.values(told).filter((value) => value !== undefined)).toEqual([]);
    },
  );

  it('is, of the address, what one has it read by', () => {
    const told = hostRequest(request, {}, { clientAddress: () => '192.0.2.1' });
    expect(told.clientAddress).toBe('192.0.2.1');
  });

  it('is that Workers, and they alone, have the address in X-Forwarded-For already', () => {
    expect(hostRequest(request, {}).isPeerAppended).toBe(isOnWorkers);
  });
});
