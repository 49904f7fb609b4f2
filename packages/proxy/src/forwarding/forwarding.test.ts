import { describe, expect, it } from 'vitest';

import type { Connection } from '../connection/connection.ts';
import { setForwarding } from './forwarding.ts';

const connection: Connection = {
  scheme: 'https',
  host: 'shop.example',
  port: 443,
  clientAddress: '2001:db8::1',
};

describe('setForwarding', () => {
  it('says on whose behalf the request is sent', () => {
    const headers = new Headers({ 'user-agent': 'a client' });
    setForwarding(headers, connection, 'shop.example', 'id-1');
    expect(Object.fromEntries(headers)).toEqual({
      'user-agent': 'a client',
      'x-forwarded-for': '2001:db8::1',
      'x-forwarded-host': 'shop.example',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      'x-request-id': 'id-1',
    });
  });

  it('leaves out what is not known rather than what a client says of it', () => {
    const headers = new Headers({ 'x-forwarded-for': '192.0.2.1', 'x-forwarded-host': 'evil' });
    setForwarding(headers, { ...connection, clientAddress: undefined }, '', 'id-1');
    expect(headers.has('x-forwarded-for')).toBe(false);
    expect(headers.has('x-forwarded-host')).toBe(false);
  });

  it('removes every claim that a client can make', () => {
    const claims = [
      'CF-Connecting-IP',
      'CF-Connecting-IPv6',
      'CF-Pseudo-IPv4',
      'Client-IP',
      'Fastly-Client-IP',
      'Fly-Client-IP',
      'Forwarded',
      'Front-End-HTTPS',
      'True-Client-IP',
      'X-Client-IP',
      'X-Cluster-Client-IP',
      'X-Envoy-External-Address',
      'X-Envoy-Internal',
      'X-Forwarded',
      'X-Forwarded-Client-Cert',
      'X-Forwarded-Prefix',
      'X-Forwarded-Whatever-Comes',
      'X-Original-Forwarded-For',
      'X-Original-Host',
      'X-Original-URL',
      'X-Real-IP',
      'X-Rewrite-URL',
      'X-Scheme',
      'X-URL-Scheme',
    ];
    const headers = new Headers(claims.map((name) => [name, 'a claim']));
    setForwarding(headers, connection, 'shop.example', 'id-1');
    for (const name of claims) expect(headers.has(name)).toBe(false);
  });
});
