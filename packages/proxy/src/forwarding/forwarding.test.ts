import { describe, expect, it } from 'vitest';

import type { Connection } from '../connection/connection.ts';
import { setForwarding, type Forwarding } from './forwarding.ts';

const connection: Connection = {
  scheme: 'https',
  host: 'shop.example',
  port: 443,
  clientAddress: '2001:db8::1',
};

const forwarding = { host: 'shop.example', requestId: 'id-1' };

function set(
  fields: HeadersInit,
  parts: Partial<Connection> = {},
  told: Partial<Forwarding> = {},
): Record<string, string> {
  const headers = new Headers(fields);
  setForwarding(headers, { ...connection, ...parts }, { ...forwarding, ...told });
  return Object.fromEntries(headers);
}

describe('setForwarding', () => {
  it('says on whose behalf the request is sent', () => {
    expect(set({ 'user-agent': 'a client' })).toEqual({
      forwarded: 'for="[2001:db8::1]";host=shop.example;proto=https',
      'user-agent': 'a client',
      via: '1.1 portolan',
      'x-forwarded-for': '2001:db8::1',
      'x-forwarded-host': 'shop.example',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      'x-request-id': 'id-1',
    });
  });

  it('says what trusted proxies say, and what they themselves did', () => {
    const forwarded = {
      hops: ['203.0.113.7', '10.0.0.2', '2001:db8::1'],
      host: 'shop.example:8443',
      port: 8443,
      scheme: 'http',
    } as const;
    expect(
      set({}, { host: 'inside.example', forwarded }, { host: 'shop.example:8443' }),
    ).toMatchObject({
      forwarded:
        'for=203.0.113.7;host="shop.example:8443";proto=https, for=10.0.0.2, for="[2001:db8::1]";host=inside.example;proto=http',
      'x-forwarded-for': '203.0.113.7, 10.0.0.2, 2001:db8::1',
      'x-forwarded-host': 'shop.example:8443',
      'x-forwarded-port': '8443',
      'x-forwarded-proto': 'https',
    });
  });

  it('says what the client asked for where the peer is the client', () => {
    const forwarded = { hops: ['10.0.0.1'], host: 'shop.example', scheme: 'http' } as const;
    expect(set({}, { host: 'inside.example', forwarded })).toMatchObject({
      forwarded: 'for=10.0.0.1;host=shop.example;proto=https',
    });
  });

  it('leaves out what is not known rather than what a client says of it', () => {
    const claims = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-host': 'evil' };
    const told = set(claims, { clientAddress: undefined, host: '' }, { host: '' });
    expect(told).not.toHaveProperty('x-forwarded-for');
    expect(told).not.toHaveProperty('x-forwarded-host');
    expect(told).toHaveProperty('forwarded', 'for=unknown;proto=https');
  });

  it('adds us to Via in the version that we were asked in', () => {
    expect(set({ via: '1.0 fred' }, { httpVersion: '2' })).toHaveProperty(
      'via',
      '1.0 fred, 2 portolan',
    );
  });

  it('sends the trace that it is given, and no other', () => {
    const theirs = { traceparent: 'x', tracestate: 'x=1' };
    expect(set(theirs)).not.toHaveProperty('traceparent');
    expect(set(theirs)).not.toHaveProperty('tracestate');
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(set(theirs, {}, { traceparent })).toMatchObject({ traceparent });
    expect(set(theirs, {}, { traceparent })).not.toHaveProperty('tracestate');
    const ours = { traceparent, tracestate: 'a=1' };
    expect(set(theirs, {}, ours)).toMatchObject(ours);
  });

  it('removes every claim that a client can make', () => {
    const claims = [
      'CF-Connecting-IP',
      'CF-Connecting-IPv6',
      'CF-Pseudo-IPv4',
      'Client-IP',
      'Fastly-Client-IP',
      'Fly-Client-IP',
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
      'X_Forwarded_For',
      'X_Real.IP',
      'X-Rewrite-URL',
      'X-Scheme',
      'X-URL-Scheme',
    ];
    const headers = new Headers(claims.map((name) => [name, 'a claim']));
    setForwarding(headers, connection, forwarding);
    for (const name of claims) expect(headers.has(name)).toBe(false);
  });
});
