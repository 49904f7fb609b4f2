import { once } from 'node:events';

import { expect } from 'vitest';

import { echoWebSocket } from '../origin/echo-websocket.ts';
import type { Behaviour } from './behaviour.ts';

const HANDSHAKE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
};

export const websockets: readonly Behaviour[] = [
  {
    name: 'a WebSocket is opened, carries messages both ways and is closed',
    check: async (scene) => {
      const path = scene.origin.onUpgrade(echoWebSocket);
      const socket = new WebSocket(`ws://127.0.0.1:${scene.port}${scene.to(path)}`, 'chat');
      await once(socket, 'open');
      expect(socket.protocol).toBe('chat');
      const echoed = once(socket, 'message');
      socket.send('land in sight');
      expect(await echoed).toMatchObject([{ data: 'land in sight' }]);
      const closed = once(socket, 'close');
      socket.close(4001, 'done');
      expect(await closed).toMatchObject([{ code: 4001 }]);
    },
  },
  {
    name: 'an origin that declines to upgrade is heard',
    skip: ({ name }) =>
      name === 'deno' || name === 'bun'
        ? 'their WebSocket clients are not told the status, so it is 502'
        : undefined,
    check: async (scene) => {
      const path = scene.origin.onUpgrade((_, socket) =>
        socket.end('HTTP/1.1 426 Upgrade Required\r\ncontent-length: 2\r\n\r\nno'),
      );
      const { status, body } = await scene.send({ path, headers: HANDSHAKE });
      expect({ status, body: body.toString() }).toEqual({ status: 426, body: 'no' });
    },
  },
  {
    name: 'another upgrade is not taken up, the request goes on as it is',
    check: async (scene) => {
      const path = scene.origin.on((request, response) =>
        response.end(String(request.headers.upgrade)),
      );
      const headers = {
        connection: 'Upgrade, HTTP2-Settings',
        upgrade: 'h2c',
        'http2-settings': '',
      };
      const { status, body } = await scene.send({ path, headers });
      expect({ status, upgrade: body.toString() }).toEqual({ status: 200, upgrade: 'undefined' });
    },
  },
];
