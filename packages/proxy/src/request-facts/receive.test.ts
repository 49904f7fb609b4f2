import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Trust } from '../trust/trust.ts';
import { receive, type HostArrival, type Received } from './receive.ts';

const arrival: HostArrival = { entrance: 'external', clientAddress: '10.0.0.1' };

function received(
  fields: HeadersInit,
  trust?: Trust,
  url: string = 'http://shop.example/cart?item=1',
  told: Partial<HostArrival> = {},
): Received {
  const request = { method: 'GET', headers: new Headers(fields), url };
  return receive(trust)(request, { ...arrival, ...told });
}

describe('what is received', () => {
  it('is the request, and what the host tells of the connection', () => {
    const earlyHints = (): void => undefined;
    const told = { httpVersion: '2', earlyHints, node: 'n', zone: 'z' };
    expect(received({}, undefined, 'https://shop.example:8443/', told)).toMatchObject({
      ...told,
      method: 'GET',
      scheme: 'https',
      host: 'shop.example:8443',
      port: 8443,
      path: '/',
      query: '',
      entrance: 'external',
      clientAddress: '10.0.0.1',
    });
  });

  it('is what a trusted proxy says of client and scheme, while the Host stays', () => {
    const fields = {
      'x-forwarded-for': '6.6.6.6, 203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'www.shop.example',
      'x-request-id': 'id-1',
    };
    expect(received(fields, { hops: 1 })).toMatchObject({
      clientAddress: '203.0.113.7',
      scheme: 'https',
      host: 'shop.example',
      port: 443,
      forwarded: {
        hops: ['203.0.113.7', '10.0.0.1'],
        host: 'www.shop.example',
        port: 443,
        scheme: 'http',
        requestId: 'id-1',
      },
    });
  });

  it.each([
    ['http://shop.example/', 'https', 443],
    ['https://shop.example/', 'http', 80],
    ['http://shop.example:8080/', 'https', 8080],
    ['http://shop.example/', 'http', 80],
    ['http://shop.example/', 'nonsense', 80],
  ])('has, for %s and X-Forwarded-Proto %s, port %i', (url, proto, port) => {
    const fields = { 'x-forwarded-proto': proto, 'x-forwarded-port': '99' };
    expect(received(fields, { hops: 1 }, url).port).toBe(port);
  });

  it.each([
    [{ 'x-forwarded-host': 'a.example', 'x-forwarded-port': '99' }, 99],
    [{ 'x-forwarded-host': 'a.example:98' }, 98],
    [{ 'x-forwarded-host': 'a.example:98', 'x-forwarded-port': '99' }, 99],
    [{ 'x-forwarded-host': 'a.example' }, 80],
    [{ 'x-forwarded-host': '[2001:db8::1]' }, 80],
    [{ 'x-forwarded-host': 'a.example', 'x-forwarded-proto': 'https' }, 443],
    [{ 'x-forwarded-proto': 'https' }, undefined],
  ])('passes on, of %o, port %s', (fields, port) => {
    const { forwarded } = received(fields, { hops: 1 }, 'http://inside.example:8080/');
    expect(forwarded?.port).toBe(port);
  });

  it('takes no word of a peer outside of the trusted blocks', () => {
    const fields = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'https' };
    expect(received(fields, { cidrs: ['10.0.1.0/24'] })).toEqual(received({ ...fields }));
    expect(received(fields)).not.toHaveProperty('forwarded');
  });

  it('does not count the peer twice where the platform has appended it', () => {
    const fields = { 'x-forwarded-for': '203.0.113.7, 10.0.0.1' };
    const appended = received(fields, { hops: 1 }, undefined, { isPeerAppended: true });
    expect(appended.clientAddress).toBe('203.0.113.7');
    expect(received(fields, undefined, undefined, { isPeerAppended: true }).clientAddress).toBe(
      '10.0.0.1',
    );
  });

  it('refuses what is no trust at once', () => {
    expect(() => receive({ cidrs: ['everybody'] })).toThrow(RangeError);
  });

  it('is, from a client that is not trusted, the same whatever it claims', () => {
    const name = fc.constantFrom(
      'x-forwarded-for',
      'x-forwarded-proto',
      'x-forwarded-host',
      'x-forwarded-port',
      'x-request-id',
      'forwarded',
      'traceparent',
      'tracestate',
    );
    const value = fc.constantFrom('10.0.0.1', 'https', 'for=10.0.0.1;proto=https', 'evil', '1');
    fc.assert(
      fc.property(fc.dictionary(name, value), (fields) => {
        const { headers: _, ...facts } = received(fields, { cidrs: ['192.0.2.0/24'] });
        const { headers: __, ...expected } = received({});
        expect(facts).toEqual(expected);
      }),
      { seed: 7 },
    );
  });
});
