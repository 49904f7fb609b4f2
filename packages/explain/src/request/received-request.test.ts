import { requestFacts } from '@portolan/proxy';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { requestFactsOf } from './received-request.ts';
import { RequestFault } from './request-fault.ts';

describe('what is known of a request', () => {
  it('is what its URL says', () => {
    expect(requestFactsOf({ url: 'https://Shop.example:8443/a/../cart?item=7#top' })).toMatchObject(
      {
        method: 'GET',
        scheme: 'https',
        host: 'shop.example:8443',
        port: 8443,
        path: '/cart',
        query: 'item=7',
        entrance: 'external',
      },
    );
  });

  it('is who sent it, from which side, and where it came in', () => {
    const said = { entrance: 'internal', node: 'node-a', zone: 'zone-a' } as const;
    const facts = requestFactsOf({ url: 'http://cart/', from: '198.51.100.7', ...said });
    expect(facts).toMatchObject({ clientAddress: '198.51.100.7', ...said });
  });

  it('has the methods that fetch knows in capitals, and others as they are', () => {
    const methodOf = (method: string): string =>
      requestFactsOf({ url: 'http://h/', method }).method;
    expect(['get', 'Delete', 'patch', 'PATCH'].map(methodOf)).toEqual([
      'GET',
      'DELETE',
      'patch',
      'PATCH',
    ]);
  });

  it('has its header fields under any spelling, Host among them', () => {
    const { headers } = requestFactsOf({ url: 'http://h:81/', headers: { 'X-Version': 'blue' } });
    expect(headers.get('x-version')).toBe('blue');
    expect(headers.get('host')).toBe('h:81');
    expect(headers.get('accept')).toBeNull();
  });

  it('is a fault where it can not be sent', () => {
    expect(() => requestFactsOf({ url: '/cart' })).toThrow(RequestFault);
  });
});

describe('a Host header', () => {
  it('goes before the host and the port of the URL', () => {
    const url = 'https://192.0.2.1:8443/cart?item=7';
    expect(requestFactsOf({ url, headers: { Host: 'Shop.example' } })).toMatchObject({
      scheme: 'https',
      host: 'shop.example',
      port: 443,
      path: '/cart',
      query: 'item=7',
    });
  });

  it('gives the facts that its URL would, as on every runtime', () => {
    const host = fc.constantFrom(
      'h',
      'shop.example:81',
      '127.1',
      '[fd00::7]:8080',
      'shop..example',
    );
    fc.assert(
      fc.property(host, fc.webPath(), (named, path) => {
        const { headers: _, ...facts } = requestFactsOf({
          url: `http://192.0.2.1${path}`,
          headers: { host: named },
        });
        const request = { method: 'GET', url: `http://${named}${path}`, headers: new Headers() };
        const { headers: __, ...expected } = requestFacts(request, { entrance: 'external' });
        expect(facts).toEqual(expected);
      }),
    );
  });

  it.each([
    '',
    'a b',
    'me@shop.example',
    'shop.example/x',
    'h?',
    'h#',
    'h\\x',
    'h:x',
    'h:99999',
    '[',
  ])('of %j, which no URL can have, is left for the engine to judge', (host) => {
    const facts = requestFactsOf({ url: 'https://192.0.2.1/cart', headers: { host } });
    expect(facts).toMatchObject({ host, port: 443, path: '/cart' });
  });
});
