import assert from 'node:assert/strict';

import { decodeProxyHeader } from '../../src/proxy-protocol/decode.ts';
import { encodeProxyHeader } from '../../src/proxy-protocol/encode.ts';
import { harbour, POD, type HarbourOptions } from '../harbour/harbour.ts';
import { ask, connect, named, serve } from '../peers/tcp.ts';
import type { Behaviours } from './behaviours.ts';

const SENT = {
  source: { address: '198.51.100.7', port: 4711 },
  destination: { address: '203.0.113.1', port: 443 },
};

const BEHIND_BALANCER: Partial<HarbourOptions> = {
  options: { proxyProtocolFrom: ['127.0.0.1/32'] },
};

const V2_TO_ENDPOINTS = { annotations: { 'portolan.dev/proxy-protocol': 'v2' } };

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** Sends, in pieces, and gives what the endpoint got. */
async function through(
  parts: Partial<HarbourOptions>,
  ...pieces: readonly string[]
): Promise<string> {
  await using server = await serve();
  await using at = await harbour({ listening: { [POD]: server.port }, ...parts });
  const client = await connect(at.port);
  for (const piece of pieces) {
    await new Promise((resolve) => {
      client.socket.write(piece, 'latin1', resolve);
    });
  }
  client.socket.end();
  const far = await server.first();
  await far.sees('end');
  far.socket.end();
  await client.sees('close');
  return far.heard();
}

/** Sends, and gives why it was broken off. */
async function fault(sent: string, isLast = false): Promise<string | undefined> {
  await using server = await serve();
  await using at = await harbour({ listening: { [POD]: server.port }, ...BEHIND_BALANCER });
  const client = await connect(at.port);
  client.socket.write(sent, 'latin1');
  if (isLast) client.socket.end();
  await client.sees('close');
  assert.equal(server.peers.length, 0);
  return (await at.end(1)).reason;
}

export const PROXY_PROTOCOL: Behaviours = {
  'endpoints get a header of version 2 where their Service asks for it': async () => {
    await using server = await serve(({ socket }) => socket.write('welcome'));
    await using at = await harbour({ listening: { [POD]: server.port }, ...V2_TO_ENDPOINTS });
    const client = await connect(at.port, '127.0.0.1', '127.0.0.9');
    await client.hears('welcome');
    const { localPort } = client.socket;
    client.socket.end('hello');
    const far = await server.first();
    await far.sees('end');
    const heard = Buffer.from(far.heard(), 'latin1');
    assert.deepEqual(decodeProxyHeader(heard), {
      length: 28,
      addresses: {
        source: { address: '127.0.0.9', port: localPort },
        destination: { address: '127.0.0.1', port: at.port },
      },
    });
    assert.equal(heard.subarray(28).toString(), 'hello');
    far.socket.end();
    await client.sees('close');
    assert.equal((await at.end(1)).bytesIn, 5);
  },

  'a client over IPv6 is in the header as such': async () => {
    await using server = await serve();
    await using at = await harbour({
      listening: { [POD]: server.port },
      pods: { 'fd00::7': {} },
      address: '::1',
      spec: { ipFamilies: ['IPv6'], ipFamilyPolicy: 'SingleStack' },
      options: { overrides: () => ({ '[fd00::7]:5432': `127.0.0.1:${server.port}` }) },
      ...V2_TO_ENDPOINTS,
    });
    const client = await connect(at.port, '::1');
    client.socket.end('hello');
    const far = await server.first();
    await far.sees('end');
    const decoded = decodeProxyHeader(Buffer.from(far.heard(), 'latin1'));
    assert.ok(typeof decoded !== 'string');
    assert.equal(decoded.length, 52);
    assert.deepEqual(decoded.addresses?.destination, { address: '::1', port: at.port });
    far.socket.end();
    await client.sees('close');
    assert.equal((await at.end(1)).endpoint, '[fd00::7]:5432');
  },

  'from a balancer in front a header is read, of either version, in whatever pieces': async () => {
    const v1 = 'PROXY TCP4 198.51.100.7 203.0.113.1 4711 443\r\n';
    const v2 = latin1(encodeProxyHeader(SENT));
    assert.equal(await through(BEHIND_BALANCER, `${v1}hello`), 'hello');
    assert.equal(await through(BEHIND_BALANCER, v1.slice(0, 9), v1.slice(9), 'hello'), 'hello');
    assert.equal(await through(BEHIND_BALANCER, ...Array.from(v2), 'hello'), 'hello');
    assert.equal(await through(BEHIND_BALANCER, v2), '');
  },

  'what the balancer says of its client goes on to the endpoint, and to who observes': async () => {
    await using server = await serve();
    await using at = await harbour({
      listening: { [POD]: server.port },
      ...BEHIND_BALANCER,
      ...V2_TO_ENDPOINTS,
    });
    const client = await connect(at.port);
    client.socket.end('PROXY TCP4 198.51.100.7 203.0.113.1 4711 443\r\nhello');
    const far = await server.first();
    await far.sees('end');
    assert.equal(far.heard(), `${latin1(encodeProxyHeader(SENT))}hello`);
    far.socket.end();
    const { clientAddress, clientPort, bytesIn } = await at.end(1);
    assert.deepEqual([clientAddress, clientPort, bytesIn], ['198.51.100.7', 4711, 5]);
  },

  'a header that says nothing of addresses leaves those of the connection': async () => {
    const parts = { ...BEHIND_BALANCER, ...V2_TO_ENDPOINTS };
    const local = `${latin1(encodeProxyHeader(SENT)).slice(0, 12)}\x20\x00\x00\x00`;
    for (const header of ['PROXY UNKNOWN\r\n', 'PROXY UNKNOWN ffff::1 ::1 1 2\r\n', local]) {
      const heard = Buffer.from(await through(parts, header, 'hello'), 'latin1');
      const decoded = decodeProxyHeader(heard);
      assert.ok(typeof decoded !== 'string');
      assert.equal(decoded.addresses?.source.address, '127.0.0.1');
      assert.equal(heard.subarray(decoded.length).toString(), 'hello');
    }
  },

  'the client that a balancer speaks for counts for source ranges': async () => {
    await using server = await named('welcome');
    await using at = await harbour({ listening: { [POD]: server.port }, ...BEHIND_BALANCER });
    at.swap({
      spec: {
        type: 'LoadBalancer',
        loadBalancerSourceRanges: ['198.51.100.0/24'],
        ports: [{ port: at.port, targetPort: 5432 }],
      },
      status: { loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } },
    });
    for (const [address, answer] of [
      ['198.51.100.7', 'welcome'],
      ['192.0.2.7', ''],
    ]) {
      const client = await connect(at.port);
      client.socket.end(`PROXY TCP4 ${address} 203.0.113.1 4711 443\r\n`);
      await client.sees('close');
      assert.equal(client.heard(), answer);
    }
  },

  'a balancer that sends none, or a malformed or unfinished one, is reset': async () => {
    assert.equal(await fault('GET / HTTP/1.1\r\n\r\n'), 'InvalidProxyHeader');
    assert.equal(await fault('PROXY TCP4 198.51.100.7\r\n'), 'InvalidProxyHeader');
    assert.equal(await fault('PROXY TCP4 198.51.100.7', true), 'InvalidProxyHeader');
    assert.equal(await fault('', true), 'InvalidProxyHeader');
  },

  'from anybody else no header is looked for': async () => {
    const header = 'PROXY TCP4 198.51.100.7 203.0.113.1 4711 443\r\n';
    const parts = { options: { proxyProtocolFrom: ['192.0.2.0/24'] } };
    assert.equal(await through(parts, header, 'hello'), `${header}hello`);
    assert.equal(await through({}, header), header);
    await using server = await named('greeting');
    await using at = await harbour({ listening: { [POD]: server.port }, ...parts });
    assert.equal(await ask(at.port), 'greeting');
  },
};
