import { once } from 'node:events';
import net from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { reset } from './reset.ts';

let server: net.Server;
beforeEach(async () => {
  server = net.createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => server.close());

/** Both ends of a connection. */
async function connection(): Promise<readonly [near: net.Socket, far: net.Socket]> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  const arrived = once(server, 'connection');
  const far = net.connect({ host: '127.0.0.1', port: address.port, allowHalfOpen: true });
  const [near]: net.Socket[] = await arrived;
  if (near === undefined) throw new Error('nobody came');
  near.on('error', () => undefined);
  return [near, far];
}

describe('a reset', () => {
  it('is seen by the other side as one, whatever is still to be sent', async () => {
    const [near, far] = await connection();
    near.write(Buffer.alloc(32 * 1024 * 1024));
    const failed = once(far, 'error');
    reset(near);
    far.resume();
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
    await once(near, 'close');
  });

  it('closes also what is just being ended', async () => {
    const [near, far] = await connection();
    far.on('error', () => undefined).resume();
    const closed = once(near, 'close');
    near.end();
    reset(near);
    await closed;
    expect(near.closed).toBe(true);
    far.destroy();
  });

  it('may come twice, and before there is a connection', async () => {
    const [near, far] = await connection();
    far.on('error', () => undefined);
    reset(near);
    reset(near);
    await once(near, 'close');
    const early = net.connect(far.remotePort ?? 0, '127.0.0.1');
    reset(early);
    await once(early, 'close');
    expect([near.closed, early.closed]).toEqual([true, true]);
    far.destroy();
  });
});
