import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { knock } from './running.ts';
import { startWithAssets, type WithAssets } from './with-assets.ts';

const TOKEN = 'sixteen-letters~';

const basic = (password: string): string => `Basic ${btoa(`operator:${password}`)}`;

describe('the ways into the map of a Worker with assets', () => {
  let workers: WithAssets;
  beforeAll(async () => {
    workers = await startWithAssets(TOKEN);
  });
  afterAll(() => workers.stop());

  const served = async (): Promise<{ readonly version: string }> =>
    (await knock(workers.guarded, '/.portolan/map/snapshot', { token: TOKEN })).json;

  it.each([
    ['/.portolan/map', 'text/html'],
    ['/.portolan/map/map.js', 'text/javascript'],
    ['/.portolan/map/engine.js', 'text/javascript'],
    ['/.portolan/map/map.css', 'text/css'],
    ['/.portolan/map/snapshot', 'application/json'],
  ])(
    'has %s for the token alone, and lets nobody keep it, frame it or read it from another origin',
    async (path, type) => {
      for (const host of ['shop.example', 'portolan.account.workers.dev', '10.96.0.1:81']) {
        for (const authorization of [`Bearer ${TOKEN}`, basic(TOKEN)]) {
          const answer = await knock(workers.guarded, path, { host, headers: { authorization } });
          expect(answer.status).toBe(200);
          expect(answer.headers).toMatchObject({
            'content-type': expect.stringContaining(type),
            'cache-control': 'no-store',
            'content-security-policy':
              "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            'cross-origin-opener-policy': 'same-origin',
            'cross-origin-resource-policy': 'same-origin',
            'referrer-policy': 'no-referrer',
            'x-content-type-options': 'nosniff',
          });
        }
        const version = `"${(await served()).version}"`;
        for (const tags of [undefined, version, '*']) {
          const headers = tags === undefined ? undefined : { 'if-none-match': tags };
          for (const method of ['GET', 'HEAD']) {
            const refused = await knock(workers.guarded, path, { host, method, headers });
            expect(refused).toMatchObject({
              status: 401,
              body: method === 'GET' ? 'Unauthorized' : '',
              headers: {
                'cache-control': 'no-store',
                'www-authenticate': 'Basic realm="portolan"',
              },
            });
            expect(refused.headers).not.toHaveProperty('etag');
          }
        }
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          const headers = { authorization: basic(TOKEN) };
          const answer = await knock(workers.guarded, path, { host, method, headers });
          expect(answer).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store' } });
          expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
        }
      }
    },
  );

  // Sent as they are: fetch would resolve them first.
  it.each([
    '/',
    '/index.html',
    '/map.js',
    '/map.css',
    '/engine.js',
    '/%6dap.js',
    '//map.js',
    '/./map.js',
    '/map.js/',
    '/map.js?',
    '/map.js?x=/.portolan/map',
    '/map.js%00',
    '/.portolan/map.js',
    '/.portolan/index.html',
    '/.portolan/../map.js',
    '/.portolan/%2e%2e/map.js',
    '/.portolan/map/../../map.js',
    '/.portolan/map/..%2f..%2fmap.js',
    '/.portolan/map/%2e%2e/%2e%2e/map.js',
    '/.portolan/map/..\\map.js',
    '//.portolan/map',
    '///.portolan//map',
    '/./.portolan/map',
    '/%2eportolan/map',
    '/%2e%70ortolan/map/map.js',
    '/.portolan/%6dap',
    '/.portolan%2fmap',
    '/.portolan/map%2fmap.js',
    '/.portolan/map%252fmap.js',
    '/.portolan;/map',
    '/.portolan/map;x/map.js',
    '/.portolan/map/',
    '/.portolan//map/map.js',
    '/.portolan/map//map.js',
    '/.PORTOLAN/map',
    '/.portolan/MAP/map.js',
    '/.portolan/healthz/../map',
    '/.portolan/map/snapshot/',
    '/.portolan/map/%73napshot',
    '/.portolan/map/snapshot%00',
    '/cdn-cgi/../map.js',
    '/_headers',
    '/_redirects',
  ])('hands out nothing of it at %s to somebody without the token', async (path) => {
    for (const port of [workers.guarded, workers.tokenless]) {
      for (const [method, target] of [
        ['GET', path],
        ['HEAD', path],
        ['POST', path],
        ['GET', `http://assets${path}`],
      ] as const) {
        const answer = await knock(port, target, { host: 'shop.example', method });
        const isFromPod = answer.headers['x-pod'] !== undefined;
        expect(isFromPod || [400, 401, 404].includes(answer.status)).toBe(true);
        expect(answer.headers).not.toHaveProperty('content-security-policy');
        expect(answer.headers).not.toHaveProperty('etag');
        expect(answer.body).not.toMatch(/<main|@import|p-root|NoMatchingRoute|routeSettings/);
      }
    }
  });

  it.each(['/', '/index.html', '/map.js', '/map.css', '/engine.js'])(
    'has no file of it in the way of a Pod at %s',
    async (path) => {
      for (const port of [workers.guarded, workers.tokenless]) {
        const { json } = await knock(port, path, { host: 'shop.example' });
        expect(json).toMatchObject({ pod: 'greedy', url: path });
      }
    },
  );

  it.each(['map', 'map/map.js', 'map/snapshot'])('has no %s without ADMIN_TOKEN', async (name) => {
    for (const authorization of ['', basic(''), basic(TOKEN)]) {
      const answer = await knock(workers.tokenless, `/.portolan/${name}`, {
        headers: { authorization },
      });
      expect(answer.status).toBe(404);
      expect(answer.headers).not.toHaveProperty('www-authenticate');
    }
  });

  it("is not at the internal entrance, where every path is a Service's", async () => {
    const inside = (url: string) =>
      knock(workers.inside, '/', { headers: { 'x-ask': url, authorization: basic(TOKEN) } });
    for (const name of ['.portolan/map', '.portolan/map/snapshot', 'map.js', 'index.html']) {
      expect(await inside(`http://shop.example/${name}`)).toMatchObject({ status: 404 });
      const { json } = await inside(`http://greedy.default.svc.cluster.local/${name}`);
      expect(json).toMatchObject({ pod: 'greedy', url: `/${name}` });
    }
  });

  it('never shows its password to a Pod, who could ask for it by the realm', async () => {
    const seen = async (authorization: string, path = '/') => {
      const options = { host: 'shop.example', method: 'POST', body: 'a body' };
      return (await knock(workers.guarded, path, { ...options, headers: { authorization } })).json;
    };
    for (const path of ['/', '/login', '//.portolan/map', '/.PORTOLAN/map']) {
      for (const sent of [basic(TOKEN), basic(TOKEN).replace('Basic', 'bAsIc  ')]) {
        expect(await seen(sent, path)).toEqual({ pod: 'greedy', url: expect.any(String) });
      }
    }
    for (const others of [
      basic('their own'),
      basic(''),
      'Bearer their-own',
      'Basic',
      'Negotiate x',
    ])
      expect(await seen(others)).toMatchObject({ authorization: others });
  });
});
