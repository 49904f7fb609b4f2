import { createHash, randomBytes } from 'node:crypto';
import zlib from 'node:zlib';

import { expect } from 'vitest';

import { startRawOrigin } from '../origin/origin.ts';
import type { Behaviour } from './behaviour.ts';

const TEXT = Buffer.from('portolan '.repeat(1000));

type Coder = (body: Buffer) => Buffer<ArrayBuffer>;

const CODERS: Readonly<Record<string, Coder>> = {
  gzip: zlib.gzipSync,
  br: zlib.brotliCompressSync,
  deflate: zlib.deflateSync,
  zstd: zlib.zstdCompressSync,
};

const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  deflate: zlib.inflateSync,
  zstd: zlib.zstdDecompressSync,
};

/** What a client makes of a body by its Content-Encoding. */
function decode(body: Buffer, codings = ''): Buffer {
  return codings
    .split(',')
    .map((coding) => coding.trim())
    .toReversed()
    .reduce((coded, coding) => DECODERS[coding]?.(coded) ?? coded, body);
}

function withoutBody(status: number): Behaviour {
  return {
    name: `${status} has no body, and keeps its header`,
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(status, { etag: '"x"', ...(status === 205 && { 'content-length': 0 }) });
        response.end();
      });
      const answer = await scene.send({ path });
      expect(answer).toMatchObject({ status, headers: { etag: '"x"' } });
      expect(answer.body.length).toBe(0);
    },
  };
}

function codedRegardless(codings: string): Behaviour {
  return {
    name: `a body coded as ${codings}, whatever the client asks, arrives such that it can be decoded`,
    check: async (scene) => {
      const coded = codings
        .toLowerCase()
        .split(', ')
        .reduce((body, coding) => CODERS[coding]?.(body) ?? body, TEXT);
      const path = scene.origin.on((_, response) => {
        response.writeHead(200, {
          'content-encoding': codings,
          'content-length': coded.length,
          etag: '"x"',
        });
        response.end(coded);
      });
      const { headers, body } = await scene.send({ path });
      const watched = await scene.send({ path }, { watched: true });
      expect(watched.body).toEqual(body);
      expect(watched.headers['content-encoding']).toBe(headers['content-encoding']);
      const passed = scene.runtime.passesCodings || codings === 'unheard-of';
      expect(headers).toMatchObject(
        passed ? { 'content-encoding': codings, etag: '"x"' } : { etag: 'W/"x"' },
      );
      expect(decode(body, headers['content-encoding']?.toLowerCase())).toEqual(TEXT);
      const asked = await scene.send({ method: 'HEAD', path });
      expect(asked.headers['content-encoding']).toBe(headers['content-encoding']);
      expect(asked.headers.etag).toBe(headers.etag);
    },
  };
}

export const responses: readonly Behaviour[] = [
  {
    name: 'status, header fields and body of the answer are the origin’s',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(418, { 'content-type': 'text/tea', 'x-many': ['one', 'two, three'] });
        response.end('short and stout');
      });
      const { status, headers, body } = await scene.send({ path });
      expect(status).toBe(418);
      expect(headers).toMatchObject({ 'content-type': 'text/tea', 'x-many': 'one, two, three' });
      expect(body.toString()).toBe('short and stout');
    },
  },
  {
    name: 'every Set-Cookie is kept apart, in its order',
    check: async (scene) => {
      const cookies = [
        'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
        'b=2; Path=/; HttpOnly',
        'a=3',
      ];
      const path = scene.origin.on((_, response) => {
        response.writeHead(200, { 'set-cookie': cookies });
        response.end();
      });
      const { fields } = await scene.send({ path });
      expect(fields.flatMap(([name, value]) => (name === 'set-cookie' ? [value] : []))).toEqual(
        cookies,
      );
    },
  },
  {
    name: 'hop-by-hop fields of the answer and those that Connection names stay behind',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(200, {
          connection: 'keep-alive, X-Secret',
          'keep-alive': 'timeout=77',
          'proxy-authenticate': 'Basic',
          'proxy-connection': 'keep-alive',
          upgrade: 'h2c',
          'x-secret': 'for the next hop only',
          'x-kept': 'for the client',
        });
        response.end();
      });
      const { headers } = await scene.send({ path });
      for (const name of ['proxy-authenticate', 'proxy-connection', 'upgrade', 'x-secret']) {
        expect(headers).not.toHaveProperty(name);
      }
      expect(headers['keep-alive']).not.toBe('timeout=77');
      expect(headers['x-kept']).toBe('for the client');
    },
  },
  {
    name: 'response header modifiers are carried out',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(200, { 'x-set': 'origin', 'x-add': 'origin', 'x-gone': 'y' });
        response.end();
      });
      const filter = {
        type: 'ResponseHeaderModifier' as const,
        set: [{ name: 'X-Set', value: 'filter' }],
        add: [
          { name: 'X-Add', value: 'filter' },
          { name: 'Set-Cookie', value: 'a=1' },
          { name: 'Set-Cookie', value: 'b=2' },
        ],
        remove: ['X-Gone'],
      };
      const { headers } = await scene.send({ path }, { forward: { filters: [filter] } });
      expect(headers).toMatchObject({
        'x-set': 'filter',
        'x-add': 'origin, filter',
        'set-cookie': ['a=1', 'b=2'],
      });
      expect(headers).not.toHaveProperty('x-gone');
    },
  },
  {
    name: 'a redirect is the client’s to follow',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(302, { location: '/elsewhere' });
        response.end('moved');
      });
      const { status, headers, body } = await scene.send({ path });
      expect({ status, location: headers.location, body: body.toString() }).toEqual({
        status: 302,
        location: '/elsewhere',
        body: 'moved',
      });
    },
  },
  {
    name: 'Content-Length of the answer is kept, and an answer without it is read to its end',
    check: async (scene) => {
      const known = scene.origin.on((_, response) => {
        response.writeHead(200, { 'content-length': 5 });
        response.end('hello');
      });
      const { headers, body } = await scene.send({ path: known });
      expect(headers['content-length']).toBe('5');
      expect(body.toString()).toBe('hello');
      const untold = await startRawOrigin('HTTP/1.0 200 OK\r\n\r\nto the end', (socket) =>
        socket.end(),
      );
      const answer = await scene.send({ path: '/' }, { port: untold.port });
      expect(answer.body.toString()).toBe('to the end');
      untold.close();
    },
  },
  {
    name: 'HEAD has the header of GET and no body, and the connection goes on',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(200, { 'content-length': 5, 'content-type': 'text/tea', etag: '"x"' });
        response.end('hello');
      });
      const { status, headers, body } = await scene.send({ method: 'HEAD', path });
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-length': '5',
        'content-type': 'text/tea',
        etag: '"x"',
      });
      expect(body.length).toBe(0);
      expect((await scene.send({ path })).body.toString()).toBe('hello');
    },
  },
  ...[204, 205, 304].map(withoutBody),
  {
    name: 'an empty answer is empty',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(200, { 'content-length': 0 });
        response.end();
      });
      const { status, body } = await scene.send({ path });
      expect({ status, length: body.length }).toEqual({ status: 200, length: 0 });
    },
  },
  {
    name: 'interim responses are passed over for the final one',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeProcessing();
        response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' }, () => {
          response.end('final');
        });
      });
      const { status, body } = await scene.send({ path });
      expect({ status, body: body.toString() }).toEqual({ status: 200, body: 'final' });
    },
  },
  {
    name: 'a large answer arrives unchanged',
    check: async (scene) => {
      const answer = randomBytes(16 * 2 ** 20);
      const path = scene.origin.on((_, response) => void response.end(answer));
      const { body } = await scene.send({ path });
      expect(createHash('sha256').update(body).digest('hex')).toBe(
        createHash('sha256').update(answer).digest('hex'),
      );
    },
  },
  {
    name: 'a client that asks for a coded body gets one that it can decode',
    check: async (scene) => {
      const path = scene.origin.on((request, response) => {
        const coded = /\bgzip\b/.test(String(request.headers['accept-encoding']));
        response.writeHead(200, {
          vary: 'accept-encoding',
          ...(coded && { 'content-encoding': 'gzip' }),
        });
        response.end(coded ? zlib.gzipSync(TEXT) : TEXT);
      });
      const { headers, body } = await scene.send({
        path,
        headers: { 'accept-encoding': 'gzip, br' },
      });
      expect(headers['content-encoding']).toBe(scene.runtime.asksForCodings ? 'gzip' : undefined);
      expect(decode(body, headers['content-encoding'])).toEqual(TEXT);
      const plain = await scene.send({ path, headers: { 'accept-encoding': 'identity' } });
      expect(plain.headers).not.toHaveProperty('content-encoding');
      expect(plain.body).toEqual(TEXT);
    },
  },
  ...['gzip', 'br', 'deflate', 'zstd', 'deflate, gzip', 'GZIP', 'unheard-of'].map(codedRegardless),
];
