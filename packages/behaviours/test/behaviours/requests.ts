import { createHash } from 'node:crypto';
import type http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

import { expect } from 'vitest';

import { open } from '../client/client.ts';
import type { Behaviour, Scene } from './behaviour.ts';

/** What the origin saw of a request. */
interface Seen {
  readonly method: string;
  readonly target: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** An origin that tells what it saw. */
function mirror(scene: Scene): string {
  return scene.origin.on(async (request, response) => {
    const body = (await buffer(request)).toString('latin1');
    const { method, url: target, headers } = request;
    response.end(JSON.stringify({ method, target, headers, body }));
  });
}

async function seen(scene: Scene, ...[sent, errand]: Parameters<Scene['send']>): Promise<Seen> {
  const { body } = await scene.send(sent, errand);
  const told: Seen = JSON.parse(body.toString());
  return told;
}

export const requests: readonly Behaviour[] = [
  {
    name: 'the method arrives as it was sent',
    check: async (scene) => {
      const path = mirror(scene);
      const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];
      const arrived = await Promise.all(methods.map((method) => seen(scene, { method, path })));
      expect(arrived.map(({ method }) => method)).toEqual(methods);
    },
  },
  {
    name: 'path and query arrive byte for byte',
    check: async (scene) => {
      const target = `${mirror(scene)}/a%2Fb//c;d=1/~e/%E2%82%AC:@!$&'()*+,=?q=%20+&r=%zz&s=a/b?c&t=[]|^{}&&u=%c3%28`;
      expect(await seen(scene, { path: target })).toMatchObject({ target });
    },
  },
  {
    name: 'header fields arrive as they were sent, several of one name in their order',
    check: async (scene) => {
      const headers = {
        accept: 'text/html;q=0.9, */*;q=0.1',
        'accept-language': 'de, en;q=0.5',
        authorization: 'Bearer abc.def',
        'cache-control': 'max-age=0',
        cookie: 'a=1; b="2"',
        origin: 'http://other.example',
        referer: 'http://other.example/page?x=1',
        'user-agent': 'a client/1.0',
        'x-beyond-ascii': '\u00e9\u00ff',
        'x-many': ['one', 'two, three'],
        'x-empty': '',
      };
      const { headers: arrived } = await seen(scene, { path: mirror(scene), headers });
      expect(arrived).toMatchObject({ ...headers, 'x-many': 'one, two, three' });
    },
  },
  {
    name: 'a conditional request stays conditional and asks no cache for more',
    skip: ({ name }) =>
      name === 'workerd' ? 'Workers are told no-store, and say so to the origin' : undefined,
    check: async (scene) => {
      const { headers } = await seen(scene, {
        path: mirror(scene),
        headers: { 'if-none-match': '"x"' },
      });
      expect(headers).toMatchObject({ 'if-none-match': '"x"' });
      expect(headers).not.toHaveProperty('cache-control');
      expect(headers).not.toHaveProperty('pragma');
    },
  },
  {
    name: 'hop-by-hop fields and those that Connection names stay behind',
    check: async (scene) => {
      const { headers } = await seen(scene, {
        method: 'POST',
        path: mirror(scene),
        headers: {
          connection: 'keep-alive, X-Secret,, not a name , TE',
          'keep-alive': 'timeout=5',
          'proxy-authorization': 'Basic eA==',
          'proxy-connection': 'keep-alive',
          te: 'trailers',
          trailer: 'x-checksum',
          'x-secret': 'for the next hop only',
          'x-kept': 'for the origin',
        },
        body: 'x',
      });
      for (const name of [
        'keep-alive',
        'proxy-authorization',
        'proxy-connection',
        'te',
        'trailer',
        ...(scene.runtime.showsConnection ? ['x-secret'] : []),
      ]) {
        expect(headers).not.toHaveProperty(name);
      }
      expect(headers['connection'] ?? '').not.toContain('X-Secret');
      expect(headers['x-kept']).toBe('for the origin');
    },
  },
  {
    name: 'forwarding fields say who asks, whatever the client says',
    check: async (scene) => {
      const claims = {
        forwarded: 'for=192.0.2.1',
        'true-client-ip': '192.0.2.1',
        'x-client-ip': '192.0.2.1',
        'x-cluster-client-ip': '192.0.2.1',
        'x-forwarded-client-cert': 'Subject="CN=root"',
        'x-forwarded-for': '192.0.2.1',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-port': '1',
        'x-forwarded-prefix': '/evil',
        'x-forwarded-proto': 'https',
        'x-real-ip': '192.0.2.1',
        'x-request-id': 'evil',
      };
      const { headers } = await seen(scene, {
        path: mirror(scene),
        headers: { ...claims, host: 'shop.example:8080' },
      });
      expect(headers).toMatchObject({
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-host': 'shop.example:8080',
        'x-forwarded-port': '8080',
        'x-forwarded-proto': 'http',
        forwarded: expect.stringContaining('for=127.0.0.1'),
        via: expect.stringMatching(/portolan$/),
        'x-request-id': expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      });
      for (const [name, value] of Object.entries(claims)) expect(headers[name]).not.toBe(value);
    },
  },
  {
    name: 'Host is kept where the runtime can, and else X-Forwarded-Host has it',
    check: async (scene) => {
      const path = mirror(scene);
      const own = `127.0.0.1:${scene.origin.port}`;
      const { keepsHost } = scene.runtime;
      const plain = await seen(scene, { path, headers: { host: 'shop.example' } });
      expect(plain.headers).toMatchObject({
        host: keepsHost ? 'shop.example' : own,
        'x-forwarded-host': 'shop.example',
      });
      const renamed = await seen(
        scene,
        { path, headers: { host: 'shop.example' } },
        { forward: { hostname: 'cart.internal' } },
      );
      expect(renamed.headers).toMatchObject(
        keepsHost
          ? { host: 'cart.internal', 'x-forwarded-host': 'shop.example' }
          : { host: own, 'x-forwarded-host': 'cart.internal' },
      );
    },
  },
  {
    name: 'request header modifiers are carried out',
    check: async (scene) => {
      const { headers } = await seen(
        scene,
        { path: mirror(scene), headers: { 'x-set': 'client', 'x-add': 'client', 'x-gone': 'y' } },
        {
          forward: {
            filters: [
              {
                type: 'RequestHeaderModifier',
                set: [{ name: 'X-Set', value: 'filter' }],
                add: [{ name: 'X-Add', value: 'filter' }],
                remove: ['X-Gone'],
              },
            ],
          },
        },
      );
      expect(headers).toMatchObject({ 'x-set': 'filter', 'x-add': 'client, filter' });
      expect(headers).not.toHaveProperty('x-gone');
    },
  },
  {
    name: 'a body with Content-Length arrives whole, and one without, and an empty one',
    check: async (scene) => {
      const path = mirror(scene);
      const body = 'a=1&b=2';
      const length = { 'content-length': body.length };
      expect(await seen(scene, { method: 'POST', path, headers: length, body })).toMatchObject({
        body,
        headers: { 'content-length': '7' },
      });
      const headers = { 'transfer-encoding': 'chunked' };
      expect(await seen(scene, { method: 'POST', path, headers, body })).toMatchObject({ body });
      const empty = { 'content-length': 0 };
      expect(await seen(scene, { method: 'PUT', path, headers: empty })).toMatchObject({
        body: '',
      });
    },
  },
  {
    name: 'a large body arrives unchanged',
    check: async (scene) => {
      const path = scene.origin.on(async (request, response) => {
        const hash = createHash('sha256');
        await pipeline(request, hash);
        response.end(hash.digest('hex'));
      });
      const body = Buffer.alloc(16 * 2 ** 20, 'portolan ');
      const { body: digest } = await scene.send({
        method: 'POST',
        path,
        headers: { 'content-length': body.length },
        body,
      });
      expect(digest.toString()).toBe(createHash('sha256').update(body).digest('hex'));
    },
  },
  {
    name: 'a client that expects 100-continue is answered, and its body arrives',
    check: async (scene) => {
      const path = mirror(scene);
      const { request, response } = open(scene.port, {
        method: 'POST',
        path: scene.to(path),
        headers: { expect: '100-continue', 'content-length': 2 },
      });
      request.once('continue', () => request.end('ok'));
      const message = await response;
      expect(JSON.parse((await buffer(message)).toString())).toMatchObject({ body: 'ok' });
    },
  },
  {
    name: 'GET with content arrives whole or is refused, never without it',
    check: async (scene) => {
      const path = mirror(scene);
      const { status, body } = await scene.send({
        path,
        headers: { 'content-length': 5 },
        body: 'hello',
      });
      if (status === 200) expect(JSON.parse(body.toString())).toMatchObject({ body: 'hello' });
      else expect(JSON.parse(body.toString())).toMatchObject({ reason: 'ContentNotSupported' });
    },
  },
  {
    name: 'a method that fetch cannot send is refused, never replaced',
    check: async (scene) => {
      const path = mirror(scene);
      const check = async (method: string): Promise<void> => {
        const { status, body } = await scene.send({ method, path });
        if (status === 200) expect(JSON.parse(body.toString())).toMatchObject({ method });
        else expect([400, 405, 501]).toContain(status);
      };
      await Promise.all(['TRACE', 'LINK', 'M-SEARCH'].map(check));
    },
  },
];
