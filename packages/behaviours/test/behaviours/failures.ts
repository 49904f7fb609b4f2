import { expect } from 'vitest';

import { freePort } from '../../../proxy/test/port/port.ts';
import type { Received } from '../client/client.ts';
import { HASTY } from '../errand/errand.ts';
import { startRawOrigin } from '../origin/origin.ts';
import type { Behaviour } from './behaviour.ts';

function expectFailure(
  { headers, body, ...received }: Received,
  status: number,
  reason: string,
): void {
  expect(received.status).toBe(status);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
  });
  expect(JSON.parse(body.toString())).toEqual({
    type: 'about:blank',
    title: expect.any(String),
    status,
    reason,
    requestId: headers['x-request-id'],
  });
}

export const failures: readonly Behaviour[] = [
  {
    name: 'an endpoint that refuses the connection is 502',
    check: async (scene) => {
      const answer = await scene.send({ path: '/' }, { port: await freePort() });
      expectFailure(answer, 502, 'UpstreamUnreachable');
    },
  },
  {
    name: 'an endpoint that hangs up without an answer is 502',
    check: async (scene) => {
      const path = scene.origin.on((request) => void request.socket.destroy());
      expectFailure(await scene.send({ path }), 502, 'UpstreamUnreachable');
      const post = await scene.send({ method: 'POST', path, body: 'x' });
      expectFailure(post, 502, 'UpstreamUnreachable');
    },
  },
  {
    name: 'an endpoint that does not speak HTTP is 502',
    check: async (scene) => {
      const garbage = await startRawOrigin('220 mail.example ESMTP\r\n\r\n', (socket) =>
        socket.end(),
      );
      expectFailure(
        await scene.send({ path: '/' }, { port: garbage.port }),
        502,
        scene.runtime.tellsGarbage ? 'UpstreamInvalidResponse' : 'UpstreamUnreachable',
      );
      garbage.close();
    },
  },
  {
    name: 'a status beyond 599 is 502',
    check: async (scene) => {
      const odd = await startRawOrigin('HTTP/1.1 799 Odd\r\ncontent-length: 0\r\n\r\n');
      expectFailure(
        await scene.send({ path: '/' }, { port: odd.port }),
        502,
        'UpstreamInvalidResponse',
      );
      odd.close();
    },
  },
  {
    name: 'an endpoint that does not begin to answer in time is 504',
    check: async (scene) => {
      const path = scene.origin.on(() => undefined);
      expectFailure(await scene.send({ path }, HASTY), 504, 'UpstreamTimeout');
      const post = await scene.send({ method: 'POST', path, body: 'x' }, HASTY);
      expectFailure(post, 504, 'UpstreamTimeout');
    },
  },
  {
    name: 'what cannot be dialled is 502 without a word on what it is',
    check: async (scene) => {
      const service = {
        namespace: 'shop',
        name: 'cart',
        port: 80,
        portName: '',
        appProtocol: 'kubernetes.io/h2c',
      };
      expectFailure(await scene.send({ path: '/' }, { forward: { service } }), 502, 'NoDialer');
    },
  },
  {
    name: 'what was decided to be answered is answered, in the form that the client prefers',
    check: async (scene) => {
      const errand = {
        decision: {
          outcome: 'respond' as const,
          status: 503 as const,
          reason: 'NoReadyEndpoints',
          message: 'Service shop/cart has no ready endpoint',
        },
      };
      expectFailure(await scene.send({ path: '/' }, errand), 503, 'NoReadyEndpoints');
      const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
      const text = await scene.send({ path: '/', headers: { accept } }, errand);
      expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(text.body.toString()).toBe(
        `503 Service Unavailable\nreason: NoReadyEndpoints\nrequest id: ${String(text.headers['x-request-id'])}\n`,
      );
      const head = await scene.send({ method: 'HEAD', path: '/' }, errand);
      expect(head).toMatchObject({
        status: 503,
        headers: { 'content-type': 'application/problem+json' },
      });
      expect(head.body.length).toBe(0);
      const post = await scene.send({ method: 'POST', path: '/', body: 'unread' }, errand);
      expectFailure(post, 503, 'NoReadyEndpoints');
    },
  },
  {
    name: 'a redirect that was decided is made',
    check: async (scene) => {
      const route = { kind: 'Ingress', namespace: 'shop', name: 'shop', rule: 'spec.rules[0]' };
      const { status, headers, body } = await scene.send(
        { path: '/' },
        {
          decision: { outcome: 'redirect', status: 308, location: 'https://shop.example/é', route },
        },
      );
      expect(status).toBe(308);
      expect(headers.location).toBe('https://shop.example/%C3%A9');
      expect(headers['x-request-id']).toEqual(expect.any(String));
      expect(body.length).toBe(0);
    },
  },
];
