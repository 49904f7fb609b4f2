import { once } from 'node:events';

import { expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { Endpoint } from '../../../deno/test/contract/endpoint.ts';
import { serve } from '../../src/index.ts';
import { certificate } from '../certificate/certificate.ts';

it('a WebSocket that comes over TLS is passed on', async () => {
  const { cert, key } = certificate();
  const endpoint = new Endpoint();
  const base = await endpoint.start();
  endpoint.on('/', (socket) => socket.on('message', (data) => socket.send(data)));
  const server = await serve(
    async (request, { upgrade }) => {
      const { headers, signal } = request;
      const result = await upgrade?.(new Request(base, { headers, signal }));
      return result?.response ?? new Response(null, { status: 426 });
    },
    {
      hostname: '127.0.0.1',
      drain: 0,
      certificates: () => [{ serverNames: ['*'], cert, key }],
    },
  );
  const client = new WebSocket(`wss://127.0.0.1:${server.port}/`, {
    ca: cert,
  });
  await once(client, 'open');
  client.send('ahoy');
  expect(String((await once(client, 'message'))[0])).toBe('ahoy');
  const closed = once(client, 'close');
  await server.close();
  await closed;
  endpoint.stop();
});
