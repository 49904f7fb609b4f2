import { describe, expect, it } from 'vitest';

import { clientAddress } from './client-address.ts';

describe('the address at the other end', () => {
  const request = new Request('http://shop.example/', {
    headers: { 'x-forwarded-for': '6.6.6.6', forwarded: 'for=6.6.6.6', 'x-real-ip': '6.6.6.6' },
  });

  it.each([
    ['a host of ours', { remoteAddress: '198.51.100.7', httpVersion: '2' }],
    ['Deno.serve', { remoteAddr: { transport: 'tcp', hostname: '198.51.100.7', port: 1 } }],
    ['Bun.serve', { requestIP: () => ({ address: '198.51.100.7', port: 1, family: 'IPv4' }) }],
    ['@hono/node-server', { incoming: { socket: { remoteAddress: '198.51.100.7' } } }],
  ])('is what %s passes along', (_, platform) => {
    expect(clientAddress(request, platform)).toBe('198.51.100.7');
  });

  it.each([
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:DB8::7', '2001:db8::7'],
    ['fe80::7%eth0', 'fe80::7'],
  ])('is told as %s and read as %s', (told, address) => {
    expect(clientAddress(request, { remoteAddr: { hostname: told } })).toBe(address);
  });

  it('is the server’s own word on Bun: requestIP is called as its method', () => {
    const server = {
      address: '198.51.100.7',
      requestIP(): unknown {
        return { address: this.address };
      },
    };
    expect(clientAddress(request, server)).toBe('198.51.100.7');
  });

  it.each([
    [undefined],
    [{}],
    [{ remoteAddr: undefined }],
    [{ remoteAddr: { transport: 'unix', path: '/run/x' } }],
    [{ requestIP: () => null }],
    [{ incoming: {} }],
  ])('is unknown where %o is passed along, whatever the headers say', (platform) => {
    expect(clientAddress(request, platform)).toBeUndefined();
  });

  it('is CF-Connecting-IP on Workers alone, where the platform sets it', () => {
    const forwarded = new Request(request, { headers: { 'cf-connecting-ip': '198.51.100.7' } });
    const isOnWorkers = navigator.userAgent === 'Cloudflare-Workers';
    expect(clientAddress(forwarded, {})).toBe(isOnWorkers ? '198.51.100.7' : undefined);
  });
});
