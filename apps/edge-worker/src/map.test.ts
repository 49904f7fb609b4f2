import { compile } from 'portolan';
import { describe, expect, it } from 'vitest';

import { createApp } from './app.ts';

const token = 'correct.horse~battery/staple==';
const basic = (password: string, user = 'anybody'): string =>
  `Basic ${btoa(`${user}:${password}`)}`;

const asked: string[] = [];
const assets = {
  fetch: async (url: Request | URL | string) => {
    asked.push(new Request(url).url);
    return new Response('a file', { headers: { 'content-type': 'text/test', etag: '"e"' } });
  },
};

let snapshot = compile('').snapshot;

const operations: Parameters<typeof createApp>[1] = {
  reservedPath: '/.portolan',
  status: () => ({ version: snapshot.version, source: 'bundled' }),
  staleAfter: 60,
};
const admin = {
  token,
  metrics: { text: () => '', contentType: 'text/plain' },
  dns: async () => new Response('dns'),
};
const gateway = { fetch: async () => new Response('the gateway') };
const withMap = createApp(gateway, {
  ...operations,
  admin: { ...admin, map: { assets, snapshot: () => snapshot } },
});

const FILES = ['map', 'map/map.js', 'map/map.css', 'map/engine.js'];

async function ask(
  name: string,
  headers: Readonly<Record<string, string>> = {},
  app = withMap,
  method = 'GET',
) {
  const response = await app.fetch(
    new Request(`http://edge/.portolan/${name}`, { method, headers }),
  );
  return { status: response.status, headers: response.headers, body: await response.text() };
}

describe('the map', () => {
  it.each(FILES)('has %s for whoever brings the token, in either way', async (name) => {
    for (const authorization of [`Bearer ${token}`, basic(token), basic(token, '')]) {
      expect(await ask(name, { authorization })).toMatchObject({ status: 200, body: 'a file' });
    }
  });

  it.each([...FILES, 'map/snapshot'])('asks those who bring none at %s for it', async (name) => {
    asked.length = 0;
    const refused = [
      undefined,
      basic(`${token}0`),
      basic(token.slice(0, -1)),
      basic(''),
      basic('x', token),
      `Basic ${btoa(token)}`,
      'Basic',
      'Basic %%%',
      `Bearer ${token}0`,
      'Bearer',
      token,
    ];
    for (const authorization of refused) {
      const answer = await ask(name, authorization === undefined ? {} : { authorization });
      expect(answer).toMatchObject({ status: 401, body: 'Unauthorized' });
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="portolan"');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(asked).toEqual([]);
  });

  it.each([...FILES, 'map/snapshot'])('lets %s do nothing but what belongs to it', async (name) => {
    const { headers } = await ask(name, { authorization: basic(token) });
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('takes its files from the assets, and no others', async () => {
    asked.length = 0;
    for (const name of [...FILES, 'map/%6dap.js']) await ask(name, { authorization: basic(token) });
    const files = ['index.html', 'map.js', 'map.css', 'engine.js', 'map.js'];
    expect(asked).toEqual(files.map((name) => `http://assets/${name}`));
    for (const name of ['map/', 'map/index.html', 'map/x/map.js', 'map/..%2fmap.js', 'mapx']) {
      expect(await ask(name, { authorization: basic(token) })).toMatchObject({ status: 404 });
    }
    expect(asked).toHaveLength(files.length);
  });

  it('has the Snapshot that is served, once for each version', async () => {
    const authorization = basic(token);
    const first = await ask('map/snapshot', { authorization });
    expect(JSON.parse(first.body)).toEqual(JSON.parse(JSON.stringify(snapshot)));
    const version = first.headers.get('etag') ?? '';
    expect(version).toBe(`"${snapshot.version}"`);
    const again = { authorization, 'if-none-match': version };
    // What compresses an answer on its way makes its tag a weak one.
    for (const tags of [version, `W/${version}`, `"older", W/${version}`]) {
      const same = await ask('map/snapshot', { authorization, 'if-none-match': tags });
      expect(same).toMatchObject({ status: 304, body: '' });
      expect(same.headers.get('etag')).toBe(version);
    }
    snapshot = { ...snapshot, version: 'another' };
    const later = await ask('map/snapshot', again);
    expect(later.status).toBe(200);
    expect(later.headers.get('etag')).toBe('"another"');
  });

  it('does not exist without a token, nor without its files', async () => {
    const apps = [createApp(gateway, operations), createApp(gateway, { ...operations, admin })];
    for (const app of apps) {
      for (const name of [...FILES, 'map/snapshot']) {
        const answer = await ask(name, { authorization: basic(token) }, app);
        expect(answer).toMatchObject({ status: 404 });
        expect(answer.headers.has('www-authenticate')).toBe(false);
      }
    }
  });

  it('is wherever the reserved path is', async () => {
    const at = (reservedPath: string) =>
      createApp(gateway, {
        ...operations,
        reservedPath,
        admin: { ...admin, map: { assets, snapshot: () => snapshot } },
      }).fetch(
        new Request('http://edge/ops/here/map', { headers: { authorization: basic(token) } }),
      );
    expect(await (await at('/ops/here')).text()).toBe('a file');
    expect(await (await at('')).text()).toBe('the gateway');
  });

  it('keeps its password from Pods, and nothing else of a request', async () => {
    const passedOn: Request[] = [];
    const app = createApp(
      {
        fetch: async (request) => {
          passedOn.push(request);
          return new Response();
        },
      },
      { ...operations, admin: { ...admin, map: { assets, snapshot: () => snapshot } } },
    );
    const send = async (authorization: string) => {
      const headers = { authorization, cookie: 'a=b' };
      await app.fetch(
        new Request('http://shop.example/x?y', { method: 'PUT', headers, body: 'a body' }),
      );
      const request = passedOn.pop();
      expect(request).toMatchObject({ method: 'PUT', url: 'http://shop.example/x?y' });
      expect(request?.headers.get('cookie')).toBe('a=b');
      expect(await request?.text()).toBe('a body');
      return request?.headers.get('authorization');
    };
    for (const user of ['operator', '']) expect(await send(basic(token, user))).toBeNull();
    for (const others of [
      basic('theirs'),
      basic('x', token),
      `Bearer theirs`,
      'Basic',
      'Basic %',
    ]) {
      expect(await send(others)).toBe(others);
    }
  });

  it('is read only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await ask('map', { authorization: basic(token) }, withMap, method);
      expect(answer).toMatchObject({ status: 404 });
    }
    const head = await ask('map', { authorization: basic(token) }, withMap, 'HEAD');
    expect(head).toMatchObject({ status: 200, body: '' });
  });

  it('alone takes a password', async () => {
    for (const name of ['snapshot', 'metrics', 'dns-query']) {
      expect(await ask(name, { authorization: basic(token) })).toMatchObject({ status: 400 });
    }
    const controlPlane = {
      fetch: async (request: Request | URL | string) =>
        new Response(new Request(request).headers.get('authorization')),
    };
    const app = createApp(gateway, { ...operations, admin, controlPlane });
    const { body } = await ask('kube/api', { authorization: basic(token) }, app);
    // It has tokens of its own, and refuses whatever is no bearer token.
    expect(body).toBe(basic(token));
  });
});
