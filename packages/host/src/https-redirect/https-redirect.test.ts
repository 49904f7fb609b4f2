import type { Answer, HostRequest, TLSCertificate } from '@portolan/proxy';
import { describe, expect, it } from 'vitest';

import { withHTTPSRedirect, type HTTPSRedirectOptions } from './https-redirect.ts';

const certificates: readonly TLSCertificate[] = [
  { serverNames: ['shop.example', '*.shop.example'], cert: '', key: '' },
];

const passed: Answer = { status: 200, statusText: '', headers: new Headers(), body: null };
const handler = Object.assign(async () => new Response(null, { status: 200 }), {
  answer: async () => passed,
});

/** Where a request is redirected to; `undefined` where it goes on. Both ways in say the same. */
async function location(
  request: Request,
  options: Partial<HTTPSRedirectOptions> = {},
  host: HostRequest = {},
): Promise<string | undefined> {
  const redirecting = withHTTPSRedirect(handler, {
    certificates: () => certificates,
    port: () => 8443,
    ...options,
  });
  const response = await redirecting(request, host);
  const answer = await redirecting.answer(request, host);
  expect(answer.status).toBe(response.status);
  expect(answer.headers.get('location')).toBe(response.headers.get('location'));
  expect([200, 308]).toContain(response.status);
  return response.headers.get('location') ?? undefined;
}

const get = (url: string, headers: HeadersInit = {}): Request => new Request(url, { headers });

describe('withHTTPSRedirect', () => {
  it('leads to the same over HTTPS where there is a certificate', async () => {
    expect(await location(get('http://shop.example/a%20b/?c=d&e'))).toBe(
      'https://shop.example:8443/a%20b/?c=d&e',
    );
    expect(await location(get('http://a.shop.example:8080/'))).toBe('https://a.shop.example:8443/');
    expect(await location(get('http://shop.example/'), { port: () => 443 })).toBe(
      'https://shop.example/',
    );
  });

  it('lets on what has no certificate, and all where HTTPS is not served', async () => {
    expect(await location(get('http://other.example/'))).toBeUndefined();
    expect(await location(get('http://a.b.shop.example/'))).toBeUndefined();
    expect(await location(get('http://shop.example/'), { port: () => undefined })).toBeUndefined();
  });

  it('lets ACME challenges on', async () => {
    expect(await location(get('http://shop.example/.well-known/acme-challenge/a'))).toBeUndefined();
    expect(await location(get('http://shop.example/.well-known/else'))).toBeDefined();
  });

  it('believes a trusted proxy, and nobody else, that it was HTTPS', async () => {
    const request = get('http://shop.example/', { 'x-forwarded-proto': 'https' });
    const trust = { cidrs: ['10.0.0.0/8'] };
    expect(await location(request, { trust }, { remoteAddress: '10.0.0.1' })).toBeUndefined();
    expect(await location(request, { trust }, { remoteAddress: '192.0.2.1' })).toBeDefined();
    expect(await location(request, {}, { remoteAddress: '10.0.0.1' })).toBeDefined();
  });
});
