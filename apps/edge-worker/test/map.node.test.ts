import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { start, type Running } from './running.ts';

describe('the map of a running Worker', () => {
  let shop: Running;
  beforeAll(async () => {
    shop = await start();
  });
  afterAll(() => shop.stop());

  const ask = async (path: string, password?: string, headers = {}) => {
    const response = await fetch(`http://127.0.0.1:${shop.port}${path}`, {
      redirect: 'manual',
      headers: {
        ...(password !== undefined && { authorization: `Basic ${btoa(`me:${password}`)}` }),
        ...headers,
      },
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };

  it.each([
    ['/.portolan/map', 'text/html', '<div id="map">'],
    ['/.portolan/map/map.js', 'javascript', 'If-None-Match'],
    ['/.portolan/map/engine.js', 'javascript', 'NoMatchingRoute'],
    ['/.portolan/map/map.css', 'text/css', 'body'],
    ['/.portolan/map/snapshot', 'application/json', '"shop/storefront"'],
  ])('has %s with the token alone', async (path, type, part) => {
    const { status, headers, body } = await ask(path, shop.token);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain(type);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toContain(part);
    for (const wrong of [undefined, '', `${shop.token}0`]) {
      const refused = await ask(path, wrong);
      expect(refused).toMatchObject({ status: 401, body: 'Unauthorized' });
      expect(refused.headers.get('www-authenticate')).toBe('Basic realm="portolan"');
    }
  });

  it('says in a few bytes that nothing has changed', async () => {
    const { headers } = await ask('/.portolan/map/snapshot', shop.token);
    const again = { 'if-none-match': headers.get('etag') ?? '' };
    const answer = await ask('/.portolan/map/snapshot', shop.token, again);
    expect(answer).toMatchObject({ status: 304, body: '' });
  });

  it('alone takes a password', async () => {
    for (const [path, status] of [
      ['/.portolan/metrics', 400],
      ['/.portolan/snapshot', 400],
      ['/.portolan/dns-query', 400],
      ['/.portolan/kube/api/v1/pods', 401],
    ] as const) {
      expect(await ask(path, shop.token)).toMatchObject({ status });
    }
  });

  it('is where npm start says', () => {
    expect(shop.output()).toContain(
      `\nmap: http://127.0.0.1:${shop.port}/.portolan/map, with any user name and the token as password\n`,
    );
  });
});
