import { once } from 'node:events';
import net from 'node:net';

import { expect, it } from 'vitest';

import { tie } from './tie.ts';

/** Both ends of a connection. */
async function connection(): Promise<readonly [near: net.Socket, far: net.Socket]> {
  const server = net.createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  const arrived = once(server, 'connection');
  const near = net.connect({ host: '127.0.0.1', port: address.port, allowHalfOpen: true });
  const [far]: net.Socket[] = await arrived;
  server.close();
  if (far === undefined) throw new Error('nobody came');
  return [near, far];
}

it('lets one side go on for a while after the other has ended, and not for ever', async () => {
  const [client, inward] = await connection();
  const [outward, endpoint] = await connection();
  const tied = tie(inward, outward, 300);
  client.end('goodbye');
  let received = '';
  endpoint.on('data', (data) => (received += String(data)));
  await once(endpoint, 'end');
  expect(received).toBe('goodbye');
  // The endpoint doesn't end its side.
  endpoint.write('not yet');
  expect(String((await once(client, 'data'))[0])).toBe('not yet');
  endpoint.on('error', () => undefined);
  client.on('error', () => undefined);
  await tied;
  expect([inward.destroyed, outward.destroyed]).toEqual([true, true]);
  client.destroy();
  endpoint.destroy();
});
