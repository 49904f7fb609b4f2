import { once } from 'node:events';
import net from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { encodeProxyHeader } from './encode.ts';
import { receiveProxyHeader } from './receive.ts';

let balancer: net.Socket;
let accepted: net.Socket;
beforeEach(async () => {
  const server = net.createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  const arrived = once(server, 'connection');
  balancer = net.connect({ host: '127.0.0.1', port: address.port, noDelay: true });
  const [socket]: net.Socket[] = await arrived;
  if (socket === undefined) throw new Error('nobody came');
  accepted = socket;
  server.close();
});
afterEach(() => {
  balancer.destroy();
  accepted.destroy();
});

const addresses = {
  source: { address: '2001:db8::7', port: 4711 },
  destination: { address: '2001:db8::1', port: 443 },
};

describe('receiving a header', () => {
  it('leaves what comes after it, with it and later, to be read', async () => {
    const received = receiveProxyHeader(accepted, 60_000);
    for (const byte of encodeProxyHeader(addresses)) balancer.write(Uint8Array.of(byte));
    balancer.write('hel');
    const header = await received;
    if (typeof header === 'string') throw new Error(header);
    expect(header).toMatchObject({ length: 52, addresses });
    balancer.end('lo');
    let rest = Buffer.from(header.rest).toString();
    accepted.on('data', (data) => (rest += data.toString()));
    accepted.resume();
    await once(accepted, 'end');
    expect(rest).toBe('hello');
  });

  it('is given up when it takes too long, however many bytes come', async () => {
    balancer.write('PROXY UNKNOWN ');
    const dripping = setInterval(() => balancer.write('.'), 20);
    expect(await receiveProxyHeader(accepted, 200)).toBe('ProxyHeaderTimeout');
    clearInterval(dripping);
  });

  it.each([
    ['ends', () => balancer.end('PROXY')],
    ['breaks', () => balancer.resetAndDestroy()],
    ['says something else', () => balancer.write('SSH-2.0')],
  ])('is in vain where the balancer %s', async (_, act) => {
    accepted.on('error', () => undefined);
    const received = receiveProxyHeader(accepted, 60_000);
    act();
    expect(await received).toBe('InvalidProxyHeader');
  });
});
