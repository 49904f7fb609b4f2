import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

import { decode } from 'dns-packet';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { serveDNS, type DNSServer, type DNSServerOptions } from '../src/index.ts';
import { cluster, MANY } from './cluster.ts';
import { query } from './query.ts';

const snapshot = cluster();
const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function serve(options: Partial<DNSServerOptions> = {}): Promise<DNSServer> {
  const server = await serveDNS({ snapshot: () => snapshot, ...options });
  closing.push(server.close);
  return server;
}

async function open({ port, hostname }: DNSServer): Promise<Socket> {
  const socket = connect(port, hostname);
  closing.push(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

function framed(...messages: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    messages.flatMap((message) => [Buffer.of(message.length >> 8, message.length & 255), message]),
  );
}

/** The ids of so many responses, in the order in which they come. */
function ids(socket: Socket, count: number): Promise<readonly number[]> {
  const found: number[] = [];
  let pending: Buffer = Buffer.alloc(0);
  return new Promise((resolve) => {
    const take = (chunk: Buffer): void => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE()) {
        found.push(pending.readUInt16BE(2));
        pending = pending.subarray(2 + pending.readUInt16BE());
      }
      if (found.length < count) return;
      socket.off('data', take);
      resolve(found);
    };
    socket.on('data', take);
  });
}

async function askDatagram(
  { port, hostname }: DNSServer,
  ...messages: readonly Uint8Array[]
): Promise<Buffer> {
  const socket = createSocket(hostname.includes(':') ? 'udp6' : 'udp4');
  try {
    const answered = once(socket, 'message');
    for (const message of messages) socket.send(message, port, hostname);
    const [response]: Buffer[] = await answered;
    return response ?? Buffer.alloc(0);
  } finally {
    socket.close();
  }
}

describe('a DNS server', () => {
  it.each(['127.0.0.1', '127.0.0.3', '::1'])('answers over UDP and TCP at %s', async (hostname) => {
    const server = await serve({ hostname });
    expect(decode(await askDatagram(server, query({ id: 3 })))).toMatchObject({
      id: 3,
      answers: [{ data: '10.96.0.10' }],
    });
    const socket = await open(server);
    socket.write(framed(query({ id: 4 })));
    expect(await ids(socket, 1)).toEqual([4]);
  });

  it('answers from the Snapshot of the moment', async () => {
    let current = { ...snapshot, clusterDomain: 'corp.example' };
    const server = await serve({ snapshot: () => current });
    expect(decode(await askDatagram(server, query()))).toMatchObject({ rcode: 'REFUSED' });
    current = snapshot;
    expect(decode(await askDatagram(server, query()))).toMatchObject({ rcode: 'NOERROR' });
  });

  it('does not answer responses and what has no header, and answers what comes after them', async () => {
    const server = await serve();
    const response = query();
    response[2] = 0x80;
    const messages = [response, new Uint8Array(), new Uint8Array(11), query({ id: 9 })];
    expect(decode(await askDatagram(server, ...messages))).toMatchObject({ id: 9 });
  });

  it('answers others in between, where one client asks much at once', async () => {
    let answered = 0;
    const server = await serve({
      snapshot: () => {
        answered += 1;
        return snapshot;
      },
    });
    const [greedy, modest] = [await open(server), await open(server)];
    const many = Array.from({ length: 500 }, (_, id) =>
      query({ id, name: 'many.shop.svc.cluster.local' }),
    );
    greedy.write(framed(...many));
    modest.write(framed(query({ id: 7 })));
    expect(await ids(modest, 1)).toEqual([7]);
    expect(answered).toBeLessThan(many.length);
  });

  it('says why it can not listen', async () => {
    const { port } = await serve();
    await expect(serve({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const elsewhere = serve({ hostname: '192.0.2.1' });
    await expect(elsewhere).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:EADDRNOTAVAIL|EINVAL)$/),
    });
  });

  it('listens not over TCP either where UDP is taken', async () => {
    const server = await serveDNS({ snapshot: () => snapshot });
    const { port } = server;
    await server.close();
    const udp = createSocket('udp4');
    closing.push(() => void udp.close());
    udp.bind(port, '127.0.0.1');
    await once(udp, 'listening');
    await expect(serve({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const tcp = createServer().listen(port, '127.0.0.1');
    closing.push(() => void tcp.close());
    await once(tcp, 'listening');
    expect(tcp.address()).toMatchObject({ port });
  });

  it('frees its port and ends its connections when it is closed', async () => {
    const server = await serveDNS({ snapshot: () => snapshot });
    const socket = await open(server);
    socket.write(framed(query()));
    await ids(socket, 1);
    const ended = once(socket, 'close');
    await server.close();
    await ended;
    expect((await serve({ port: server.port })).port).toBe(server.port);
  });
});

describe('a TCP connection: RFC 7766', () => {
  it('carries any number of queries that do not wait for answers', async () => {
    const socket = await open(await serve());
    const all = Array.from({ length: 500 }, (_, id) => id);
    socket.write(framed(...all.map((id) => query({ id }))));
    expect(await ids(socket, all.length)).toEqual(all);
  });

  it('takes queries that come byte by byte, their length too', async () => {
    const socket = await open(await serve());
    socket.setNoDelay(true);
    const answered = ids(socket, 2);
    for (const byte of framed(query({ id: 1 }), query({ id: 2 }))) {
      await new Promise((resolve) => socket.write(Buffer.of(byte), resolve));
    }
    expect(await answered).toEqual([1, 2]);
  });

  it('is answered in full what was cut off over UDP', async () => {
    const server = await serve();
    const name = 'many.shop.svc.cluster.local';
    expect(decode(await askDatagram(server, query({ name })))).toMatchObject({ flag_tc: true });
    const socket = await open(server);
    socket.write(framed(query({ name })));
    const [first]: Buffer[] = await once(socket, 'data');
    expect(first?.readUInt16BE()).toBeGreaterThan(MANY.length * 16);
  });

  it('is answered although the client has said that it sends no more', async () => {
    const socket = await open(await serve());
    socket.end(framed(query({ id: 5 }), query({ id: 6 })));
    expect(await ids(socket, 2)).toEqual([5, 6]);
    await once(socket, 'close');
  });

  it.each([0, 11])('is closed by a message of %i bytes, which is no DNS', async (length) => {
    const socket = await open(await serve());
    socket.write(framed(new Uint8Array(length)));
    socket.resume();
    const [hadError] = await once(socket, 'close');
    expect(hadError).toBe(false);
  });

  it('is closed after a time without a whole query', async () => {
    const server = await serve({ idleTimeout: 50 });
    const still = await open(server);
    const dribbling = await open(server);
    const timer = setInterval(() => dribbling.write('\0'), 5);
    closing.push(() => clearInterval(timer));
    for (const socket of [still, dribbling]) {
      socket.on('error', () => undefined);
      socket.resume();
    }
    await vi.waitFor(() => expect([still.destroyed, dribbling.destroyed]).toEqual([true, true]), {
      timeout: 10_000,
    });
  });

  it('is one of so many at most', async () => {
    const server = await serve({ maxConnections: 2 });
    const first = await open(server);
    const second = await open(server);
    const third = await open(server);
    third.resume();
    await once(third, 'close');
    second.write(framed(query({ id: 2 })));
    expect(await ids(second, 1)).toEqual([2]);
    first.destroy();
    await vi.waitFor(async () => {
      const next = await open(server);
      next.write(framed(query({ id: 4 })));
      const outcome = await Promise.race([ids(next, 1), once(next, 'close')]);
      expect(outcome).toEqual([4]);
    });
  });

  it('whose client does not read is not read from either', async () => {
    let asked = 0;
    const server = await serve({
      snapshot: () => {
        asked += 1;
        return snapshot;
      },
    });
    const other = await open(server);
    const askOther = async (): Promise<void> => {
      other.write(framed(query({ id: 1 })));
      expect(await ids(other, 1)).toEqual([1]);
      asked -= 1;
    };
    // 15 MB of answers, and then 20 MB of queries: more than the system holds for a connection.
    const socket = await open(server);
    const small = query({ id: 2, name: 'many.shop.svc.cluster.local' });
    const large = new Uint8Array(65_000);
    large.set(small);
    for (let index = 0; index < 6000; index += 1) socket.write(framed(small));
    for (let index = 0; index < 300; index += 1) socket.write(framed(large));
    for (let before = -1; asked !== before;) {
      before = asked;
      for (let round = 0; round < 100; round += 1) await askOther();
    }
    expect(asked).toBeLessThan(6300);
    expect(await ids(socket, 6300)).toHaveLength(6300);
  });
});
