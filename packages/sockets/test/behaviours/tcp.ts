import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';

import { harbour, POD } from '../harbour/harbour.ts';
import { ask, connect, echo, named, serve, unusedPort } from '../peers/tcp.ts';
import { still, until } from '../peers/until.ts';
import type { Behaviours } from './behaviours.ts';

const OTHER = '10.244.0.2';
const THIRD = '10.244.0.3';
const MiB = 1024 * 1024;

/** Sends what repeats itself, and ends. */
async function pump(socket: NodeJS.WritableStream, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(MiB);
  for (let sent = 0; sent < bytes; sent += chunk.length) {
    chunk.fill(`${sent} of ${bytes};`);
    hash.update(chunk);
    const copy = Buffer.from(chunk);
    if (!socket.write(copy)) await once(socket, 'drain');
  }
  socket.end();
  return hash.digest('hex');
}

export const TCP: Behaviours = {
  'a connection is carried both ways, and told of when it has ended': async () => {
    await using server = await serve(({ socket }) => socket.on('data', () => socket.write('pong')));
    await using at = await harbour({ listening: { [POD]: server.port } });
    const client = await connect(at.port);
    const { localPort } = client.socket;
    client.socket.write('ping!');
    await client.hears('pong');
    assert.equal(at.listeners.list().find(({ protocol }) => protocol === 'TCP')?.clients, 1);
    const [status] = at.states.list();
    assert.equal(status?.requests, 1);
    client.socket.end();
    const far = await server.first();
    await far.sees('end');
    far.socket.end();
    await client.sees('close');
    assert.deepEqual(client.events, ['end', 'close']);
    const { duration, ...ended } = await at.end(1);
    assert.ok(duration > 0);
    assert.deepEqual(ended, {
      ...at.at.TCP,
      clientAddress: '127.0.0.1',
      clientPort: localPort,
      service: 'shop/db:5432',
      endpoint: `${POD}:5432`,
      bytesIn: 5,
      bytesOut: 4,
    });
    assert.equal(at.listeners.list().find(({ protocol }) => protocol === 'TCP')?.clients, 0);
    assert.deepEqual(at.states.list(), []);
  },

  'a side that has ended still gets what the other one sends': async () => {
    await using server = await serve();
    await using at = await harbour({ listening: { [POD]: server.port } });
    const client = await connect(at.port);
    client.socket.end('question');
    const far = await server.first();
    await far.sees('end');
    assert.equal(far.heard(), 'question');
    far.socket.write('answer');
    await client.hears('answer');
    assert.deepEqual(client.events, []);
    far.socket.end();
    await client.sees('close');

    const other = await connect(at.port);
    await until(() => server.peers.length === 2);
    server.peers[1]?.socket.end('greeting');
    await other.sees('end');
    other.socket.end('farewell');
    await server.peers[1]?.hears('farewell');
    assert.equal((await at.end(2)).reason, undefined);
  },

  'what a client sends and ends before the endpoint is reached gets there': async () => {
    await using server = await echo();
    await using at = await harbour({ listening: { [POD]: server.port } });
    const client = await connect(at.port);
    client.socket.end('early');
    await client.sees('close');
    assert.equal(client.heard(), 'early');
  },

  '100 MB come through both ways as they were': async () => {
    await using server = await echo();
    await using at = await harbour({ listening: { [POD]: server.port } });
    const client = await connect(at.port);
    client.socket.removeAllListeners('data');
    const hash = createHash('sha256');
    client.socket.on('data', (data) => hash.update(data));
    const [sent] = await Promise.all([pump(client.socket, 100 * MiB), client.sees('close')]);
    assert.equal(hash.digest('hex'), sent);
    assert.equal((await at.end(1)).bytesOut, 100 * MiB);
  },

  'a sender is held up while the other side reads nothing, and goes on when it does': async () => {
    await using server = await serve(() => undefined, { reads: false });
    await using at = await harbour({ listening: { [POD]: server.port } });
    for (const direction of ['in', 'out']) {
      const near = await connect(at.port);
      await until(() => server.peers.length === (direction === 'in' ? 1 : 2));
      const far = server.peers.at(-1);
      assert.ok(far !== undefined);
      near.socket.pause();
      const [sender, reader] =
        direction === 'in' ? [near.socket, far.socket] : [far.socket, near.socket];
      let taken = 0;
      const chunk = Buffer.alloc(64 * 1024);
      const offer = (): void => {
        while (taken < 64 * MiB) {
          taken += chunk.length;
          if (!sender.write(chunk)) return;
        }
        sender.end();
      };
      sender.on('drain', offer);
      offer();
      assert.ok((await still(() => taken)) < 32 * MiB, `${taken} bytes were taken`);
      let got = 0;
      reader.on('data', (data) => {
        got += data.length;
      });
      reader.resume();
      await once(reader, 'end');
      assert.equal(got, 64 * MiB);
      reader.end();
      near.socket.resume();
      far.socket.resume();
      await near.sees('close');
    }
  },

  'a reset of one side is a reset of the other': async () => {
    await using server = await serve();
    await using at = await harbour({ listening: { [POD]: server.port } });
    const client = await connect(at.port);
    const far = await server.first();
    client.socket.resetAndDestroy();
    await far.sees('close');
    assert.deepEqual(far.events, ['ECONNRESET', 'close']);
    assert.equal((await at.end(1)).reason, 'ClientReset');

    const other = await connect(at.port);
    await until(() => server.peers.length === 2);
    server.peers[1]?.socket.resetAndDestroy();
    await other.sees('close');
    assert.deepEqual(other.events, ['ECONNRESET', 'close']);
    assert.equal((await at.end(2)).reason, 'UpstreamReset');
  },

  'a connection that is still both ways for too long is reset, one that moves is not': async () => {
    await using server = await serve();
    await using at = await harbour({
      listening: { [POD]: server.port },
      annotations: { 'portolan.dev/idle-timeout': '1s' },
    });
    const client = await connect(at.port);
    const far = await server.first();
    const beating = setInterval(() => far.socket.write('.'), 30);
    await until(() => client.heard().length > 40);
    assert.deepEqual(client.events, []);
    clearInterval(beating);
    await client.sees('close');
    await far.sees('close');
    assert.deepEqual(client.events, ['ECONNRESET', 'close']);
    assert.equal((await at.end(1)).reason, 'IdleTimeout');
  },

  'a client of a Service without ready endpoints is reset': async () => {
    await using at = await harbour({ pods: { [POD]: { ready: false } } });
    assert.equal(await ask(at.port), 'reset');
    const ended = await at.end(1);
    assert.equal(ended.reason, 'NoReadyEndpoints');
    assert.equal(ended.endpoint, undefined);
  },

  'an endpoint that refuses counts as failed, and another one is tried': async () => {
    await using server = await named('second');
    await using at = await harbour({
      pods: { [POD]: {}, [OTHER]: {} },
      listening: { [POD]: await unusedPort(), [OTHER]: server.port },
      annotations: { 'portolan.dev/ejection-failures': '1' },
      options: { random: () => 0 },
    });
    assert.equal(await ask(at.port), 'second');
    assert.equal((await at.end(1)).endpoint, `${OTHER}:5432`);
    assert.ok(at.states.list().some(({ ejectedUntil }) => ejectedUntil !== undefined));
  },

  'a client is reset once no endpoint, or none of as many as may be tried, answers': async () => {
    const refusing = await unusedPort();
    await using server = await named('third');
    const pods = { [POD]: {}, [OTHER]: {}, [THIRD]: {} };
    await using at = await harbour({
      pods,
      listening: { [POD]: refusing, [OTHER]: refusing, [THIRD]: refusing },
    });
    assert.equal(await ask(at.port), 'reset');
    assert.equal((await at.end(1)).reason, 'UpstreamUnreachable');
    await using untried = await harbour({
      pods,
      listening: { [POD]: refusing, [OTHER]: refusing, [THIRD]: server.port },
      annotations: { 'portolan.dev/retries': '0', 'portolan.dev/ejection-failures': '0' },
      options: { random: () => 0 },
    });
    assert.equal(await ask(untried.port), 'reset');
  },

  'an endpoint with as many connections as it may have gets no more': async () => {
    await using server = await serve();
    await using at = await harbour({
      listening: { [POD]: server.port },
      annotations: { 'portolan.dev/max-requests': '1' },
    });
    const first = await connect(at.port);
    await server.first();
    assert.equal(await ask(at.port), 'reset');
    assert.equal((await at.end(1)).reason, 'Overloaded');
    first.socket.destroy();
  },

  'clients keep to one endpoint where the Service says so': async () => {
    await using one = await named('one');
    await using two = await named('two');
    await using three = await named('three');
    const pods = { [POD]: {}, [OTHER]: {}, [THIRD]: {} };
    await using at = await harbour({
      pods,
      spec: { sessionAffinity: 'ClientIP' },
      listening: { [POD]: one.port, [OTHER]: two.port, [THIRD]: three.port },
    });
    const found = new Set<string>();
    for (let last = 10; last < 20; last += 1) {
      const from = `127.0.0.${last}`;
      const answer = await ask(at.port, '127.0.0.1', from);
      assert.equal(await ask(at.port, '127.0.0.1', from), answer);
      found.add(answer);
    }
    assert.ok(found.size > 1);
  },

  'only clients from the source ranges are let in': async () => {
    await using server = await named('welcome');
    await using at = await harbour({ listening: { [POD]: server.port } });
    const { port } = at;
    at.swap({
      spec: {
        type: 'LoadBalancer',
        loadBalancerSourceRanges: ['127.0.0.8/30'],
        ports: [{ port, targetPort: 5432 }],
      },
      status: { loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } },
    });
    assert.equal(await ask(port, '127.0.0.1', '127.0.0.9'), 'welcome');
    assert.equal(await ask(port, '127.0.0.1', '127.0.0.12'), 'reset');
    assert.equal((await at.end(2)).reason, 'SourceNotAllowed');
  },

  'with externalTrafficPolicy Local, only endpoints of the node knocked at answer': async () => {
    await using here = await named('node-a');
    await using there = await named('node-b');
    await using at = await harbour({
      spec: { externalTrafficPolicy: 'Local' },
      pods: { [POD]: { node: 'node-a' }, [OTHER]: { node: 'node-b' } },
      listening: { [POD]: here.port, [OTHER]: there.port },
    });
    await at.update(at.at.TCP, { ...at.at.TCP, address: '127.0.0.2' });
    for (let time = 0; time < 5; time += 1) {
      assert.equal(await ask(at.port, '127.0.0.1'), 'node-a');
      assert.equal(await ask(at.port, '127.0.0.2'), 'node-b');
    }
    at.swap({ spec: { externalTrafficPolicy: 'Local' }, pods: { [POD]: { node: 'node-a' } } });
    assert.equal(await ask(at.port, '127.0.0.2'), 'reset');
  },

  'a socket that takes IPv6 as well sees IPv4 clients as what they are': async () => {
    await using server = await named('mapped');
    // Every address of this machine: of a test that runs beside this one, too, where a port was free at one of them alone.
    await using at = await harbour({ listening: { [POD]: server.port }, address: '::' });
    assert.equal(await ask(at.port, '127.0.0.1'), 'mapped');
    assert.equal((await at.end(1)).clientAddress, '127.0.0.1');
  },

  'a connection to an endpoint that is gone goes on, and the next goes elsewhere': async () => {
    await using one = await serve(({ socket }) => socket.write('one'));
    await using two = await named('two');
    await using at = await harbour({ listening: { [POD]: one.port, [OTHER]: two.port } });
    const client = await connect(at.port);
    await client.hears('one');
    at.swap({ pods: { [OTHER]: {} } });
    assert.equal(await ask(at.port), 'two');
    client.socket.write('still there?');
    await (await one.first()).hears('still there?');
    client.socket.destroy();
  },

  'no socket is left after thousands of connections': async () => {
    await using server = await echo();
    await using at = await harbour({ listening: { [POD]: server.port } });
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(
        Array.from({ length: 100 }, async (_, index) => {
          const client = await connect(at.port);
          if (index % 3 === 0) client.socket.end('bye');
          else if (index % 3 === 1) client.socket.resetAndDestroy();
          else {
            client.socket.write('x');
            client.socket.destroy();
          }
          await client.sees('close');
        }),
      );
    }
    await at.end(2000);
    assert.equal(
      at.listeners.list().reduce((sum, { clients }) => sum + clients, 0),
      0,
    );
    assert.deepEqual(
      at.states.list().filter(({ requests }) => requests > 0),
      [],
    );
    await until(() => server.peers.every(({ socket }) => socket.closed));
    assert.ok(server.peers.length <= 2000);
  },

  'what observe throws is lost': async () => {
    await using server = await named('fine');
    await using at = await harbour({
      listening: { [POD]: server.port },
      options: {
        observe: () => {
          throw new Error('not my day');
        },
      },
    });
    assert.equal(await ask(at.port), 'fine');
    assert.equal(await ask(at.port), 'fine');
  },

  'a client that never reads is still got rid of': async () => {
    await using server = await serve(({ socket }) => socket.end(Buffer.alloc(32 * MiB)));
    await using at = await harbour({
      listening: { [POD]: server.port },
      options: { idleTimeout: 200 },
    });
    const client = await connect(at.port);
    client.socket.pause();
    const { reason } = await at.end(1);
    assert.equal(reason, 'IdleTimeout');
    client.socket.resume();
    await client.sees('close');
  },
};
