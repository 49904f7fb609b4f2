import { Buffer } from 'node:buffer';

import { decode } from 'dns-packet';
import { describe, expect, it } from 'vitest';

import { cluster, MANY } from '../../test/cluster.ts';
import { query } from '../../test/query.ts';
import { dnsOverHTTPS } from './https.ts';

const snapshot = cluster();
const handler = dnsOverHTTPS({ snapshot: () => snapshot });
const url = 'https://dns.example/dns-query';

function get(message: Uint8Array): Promise<Response> {
  return handler(new Request(`${url}?dns=${Buffer.from(message).toString('base64url')}`));
}

function post(body: Uint8Array, type = 'application/dns-message'): Promise<Response> {
  const headers = { 'Content-Type': type };
  return handler(new Request(url, { method: 'POST', headers, body: body.slice() }));
}

async function read(response: Response): Promise<ReturnType<typeof decode>> {
  return decode(Buffer.from(await response.arrayBuffer()));
}

describe('DNS over HTTPS', () => {
  it.each([
    ['GET', get],
    ['POST', post],
  ])('answers a query by %s: RFC 8484 section 4.1', async (_, ask) => {
    const response = await ask(query({ id: 0 }));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/dns-message');
    expect(await read(response)).toMatchObject({ id: 0, answers: [{ data: '10.96.0.10' }] });
  });

  it('answers HEAD as GET, without the content', async () => {
    const dns = Buffer.from(query()).toString('base64url');
    const response = await handler(new Request(`${url}?dns=${dns}`, { method: 'HEAD' }));
    expect(response.headers.get('content-type')).toBe('application/dns-message');
    expect(await response.text()).toBe('');
  });

  it('never cuts an answer off', async () => {
    const response = await read(await post(query({ name: 'many.shop.svc.cluster.local' })));
    expect(response.flag_tc).toBe(false);
    expect(response.answers).toHaveLength(MANY.length);
  });

  it('answers by DNS what DNS has codes for', async () => {
    for (const [message, rcode] of [
      [query({ name: 'nobody.shop.svc.cluster.local' }), 'NXDOMAIN'],
      [query({ name: 'www.example.com' }), 'REFUSED'],
      [query({ flags: 0x2000 }), 'NOTIMP'],
      [query().subarray(0, 20), 'FORMERR'],
      [query({ name: 'untellable.shop.svc.cluster.local' }), 'SERVFAIL'],
    ] as const) {
      const response = await post(message);
      expect(response.status).toBe(200);
      expect(await read(response)).toMatchObject({ rcode });
    }
  });
});

describe('an answer over HTTPS may be kept', () => {
  const kept = async (message: Uint8Array, ttl?: number) => {
    const options = { snapshot: () => snapshot, ...(ttl !== undefined && { ttl }) };
    const headers = { 'Content-Type': 'application/dns-message' };
    const request = new Request(url, { method: 'POST', headers, body: message.slice() });
    return (await dnsOverHTTPS(options)(request)).headers.get('cache-control');
  };

  it('as long as its records: RFC 8484 section 5.1', async () => {
    expect(await kept(query())).toBe('max-age=5');
    expect(await kept(query(), 30)).toBe('max-age=30');
  });

  it('as long as the SOA record says, where it is negative', async () => {
    expect(await kept(query({ name: 'nobody.shop.svc.cluster.local' }), 7)).toBe('max-age=7');
    expect(await kept(query({ type: 'TXT' }), 7)).toBe('max-age=7');
  });

  it('not at all, where it is refused or went wrong', async () => {
    expect(await kept(query({ name: 'www.example.com' }))).toBe('no-store');
    expect(await kept(query().subarray(0, 20))).toBe('no-store');
    expect(await kept(query({ name: 'untellable.shop.svc.cluster.local' }))).toBe('no-store');
  });
});

describe('what is no query is answered by HTTP', () => {
  it.each(['', '?dns=', '?dns=AAAA=', '?dns=a+b/', '?dns=AAAAA', '?dns=AAAA', '?name=cart'])(
    'with 400 for the parameters %j',
    async (parameters) => {
      expect(await handler(new Request(url + parameters))).toMatchObject({ status: 400 });
    },
  );

  it('with 400 for a response', async () => {
    const message = query();
    message[2] = 0x80;
    expect(await post(message)).toMatchObject({ status: 400 });
    expect(await post(new Uint8Array())).toMatchObject({ status: 400 });
  });

  it('with 405 for other methods', async () => {
    const response = await handler(new Request(url, { method: 'PUT', body: '' }));
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('with 413 for more than a message can hold, and 414 where it stands in the URL', async () => {
    expect(await post(new Uint8Array(65_536))).toMatchObject({ status: 413 });
    expect(await post(new Uint8Array(65_535))).toMatchObject({ status: 200 });
    expect(await get(new Uint8Array(65_536))).toMatchObject({ status: 414 });
    expect(await get(new Uint8Array(65_535))).toMatchObject({ status: 200 });
  });

  it('with 415 for other media types', async () => {
    for (const type of ['application/json', 'text/plain', 'application/dns-message2']) {
      expect(await post(query(), type)).toMatchObject({ status: 415 });
    }
    expect(await post(query(), 'Application/DNS-Message; x=y')).toMatchObject({ status: 200 });
  });
});
