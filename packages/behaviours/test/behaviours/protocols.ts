import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';

import { expect } from 'vitest';

import { open } from '../client/client.ts';
import { startRawOrigin } from '../origin/origin.ts';
import type { Behaviour } from './behaviour.ts';

export const protocols: readonly Behaviour[] = [
  {
    name: 'native gRPC is refused with a reason, also one that a gRPC client reads',
    check: async (scene) => {
      let arrived = 0;
      const path = scene.origin.on((_, response) => {
        arrived += 1;
        response.end();
      });
      const grpc = async (type: string): Promise<void> => {
        const headers = { 'content-type': type, te: 'trailers' };
        const answer = await scene.send({ method: 'POST', path, headers, body: '\0\0\0\0\0' });
        expect(answer).toMatchObject({ status: 501, headers: { 'grpc-status': '12' } });
        expect(JSON.parse(answer.body.toString())).toMatchObject({ reason: 'GRPCNotSupported' });
      };
      await Promise.all(['application/grpc', 'application/grpc+proto'].map(grpc));
      expect(arrived).toBe(0);
    },
  },
  {
    name: 'gRPC-web passes, its trailers in the body',
    check: async (scene) => {
      const path = scene.origin.on(async (request, response) => {
        response.writeHead(200, { 'content-type': String(request.headers['content-type']) });
        response.end(
          Buffer.concat([await buffer(request), Buffer.from('\x80\0\0\0\x0fgrpc-status:0\r\n')]),
        );
      });
      const headers = { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' };
      const answer = await scene.send({ method: 'POST', path, headers, body: '\0\0\0\0\0' });
      expect(answer).toMatchObject({
        status: 200,
        headers: { 'content-type': 'application/grpc-web+proto' },
      });
      expect(answer.body.subarray(5).toString('latin1')).toContain('grpc-status:0');
    },
  },
  {
    name: 'server-sent events arrive one by one, for as long as they come',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
        });
        let id = 0;
        const ticking = setInterval(() => response.write(`id: ${(id += 1)}\ndata: tick\n\n`), 50);
        response.once('close', () => clearInterval(ticking));
      });
      const { request, response } = open(scene.port, { path: scene.to(path) });
      request.end();
      const message = await response;
      expect(message.headers['content-type']).toBe('text/event-stream');
      let [received, parts] = ['', 0];
      for await (const chunk of message.iterator({ destroyOnReturn: false })) {
        received += String(chunk);
        parts += 1;
        if (received.includes('id: 10\n')) break;
      }
      // Not held back until there are several.
      expect(parts).toBeGreaterThan(5);
      request.destroy();
    },
  },
  {
    name: 'a long poll is waited for',
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        setTimeout(() => response.end('at last'), 3_000);
      });
      expect((await scene.send({ path })).body.toString()).toBe('at last');
    },
  },
  {
    name: 'an origin that closes its side after the answer is no failure',
    check: async (scene) => {
      const halfClosed = await startRawOrigin('HTTP/1.1 200 OK\r\n\r\nuntil the end', (socket) =>
        socket.end(),
      );
      const { status, body } = await scene.send({ path: '/' }, { port: halfClosed.port });
      expect({ status, body: body.toString() }).toEqual({ status: 200, body: 'until the end' });
      halfClosed.close();
    },
  },
  {
    name: 'an answer whose chunks are garbage is never taken for whole',
    check: async (scene) => {
      const garbage = await startRawOrigin(
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n',
      );
      const { request, response } = open(scene.port, {
        path: scene.to('/', { port: garbage.port }),
      });
      request.end();
      const whole = await response
        .then(
          async (message) => message.statusCode === 200 && (await buffer(message).then(() => true)),
        )
        .catch(() => false);
      expect(whole).toBe(false);
      garbage.close();
    },
  },
  {
    name: 'an answer that is reset in the middle is never taken for whole',
    check: async (scene) => {
      const reset = await startRawOrigin(
        'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf',
        (socket) => void setTimeout(() => socket.resetAndDestroy(), 100),
      );
      const { request, response } = open(scene.port, { path: scene.to('/', { port: reset.port }) });
      request.end();
      await expect(response.then(buffer)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
      reset.close();
    },
  },
  {
    name: 'early hints come before the answer where the runtime can',
    skip: ({ seesInterim }) => (seesInterim ? undefined : 'fetch hides interim responses'),
    check: async (scene) => {
      const path = scene.origin.on((_, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' }, () => {
          response.end('final');
        });
      });
      const { request, response } = open(scene.port, { path: scene.to(path) });
      const hinted = once(request, 'information');
      request.end();
      expect(await hinted).toMatchObject([
        { statusCode: 103, headers: { link: '</style.css>; rel=preload; as=style' } },
      ]);
      expect((await buffer(await response)).toString()).toBe('final');
    },
  },
];
