import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

import { harbour, POD } from '../harbour/harbour.ts';
import { udp, udpEcho, udpNamed } from '../peers/udp.ts';
import { until } from '../peers/until.ts';
import type { Behaviours } from './behaviours.ts';

const OTHER = '10.244.0.2';
const THIRD = '10.244.0.3';

export const UDP: Behaviours = {
  'datagrams of a client go to one endpoint, and its answers come from where it knocked':
    async () => {
      await using server = await udpEcho();
      await using at = await harbour({ listening: { [POD]: server.port } });
      await using client = await udp();
      await client.send('one', at.port);
      await client.send('two', at.port);
      await client.gets(2);
      assert.deepEqual(client.texts().toSorted(), ['one', 'two']);
      for (const { from } of client.got) {
        assert.deepEqual([from.address, from.port], ['127.0.0.1', at.port]);
      }
      const ports = server.got.map(({ from }) => from.port);
      assert.equal(new Set(ports).size, 1);
      assert.notEqual(ports[0], client.port);
      assert.equal(at.listeners.list().find(({ protocol }) => protocol === 'UDP')?.clients, 1);
      await at.update();
      const { duration, ...ended } = await at.end(1);
      assert.ok(duration > 0);
      assert.deepEqual(ended, {
        ...at.at.UDP,
        clientAddress: '127.0.0.1',
        clientPort: client.port,
        service: 'shop/db:5432',
        endpoint: `${POD}:5432`,
        bytesIn: 6,
        bytesOut: 6,
        reason: 'ListenerClosed',
      });
      assert.deepEqual(at.states.list(), []);
    },

  'each client has a session of its own': async () => {
    await using server = await udpEcho();
    await using at = await harbour({ listening: { [POD]: server.port } });
    await using one = await udp();
    await using two = await udp();
    await one.send('one', at.port);
    await two.send('two', at.port);
    await one.gets(1);
    await two.gets(1);
    assert.deepEqual([one.texts(), two.texts()], [['one'], ['two']]);
    assert.equal(new Set(server.got.map(({ from }) => from.port)).size, 2);
  },

  'empty datagrams and the largest come through': async () => {
    await using server = await udpEcho();
    await using at = await harbour({ listening: { [POD]: server.port } });
    await using client = await udp();
    await client.send('', at.port);
    await client.gets(1);
    await client.send(Buffer.alloc(65_507, 7), at.port);
    await client.gets(2);
    assert.deepEqual(
      client.got.map(({ data }) => data.length),
      [0, 65_507],
    );
    assert.ok(client.got[1]?.data.every((byte) => byte === 7));
  },

  'a burst is carried as far as there is room, and what comes after it all the same': async () => {
    await using server = await udp();
    await using at = await harbour({ listening: { [POD]: server.port } });
    await using client = await udp();
    await Promise.all(Array.from({ length: 5000 }, () => client.send(Buffer.alloc(1000), at.port)));
    await until(() => server.got.length > 0);
    while (!server.texts().includes('after')) {
      await client.send('after', at.port);
      await setTimeout(20);
    }
    await at.update();
    assert.ok((await at.end(1)).bytesIn < 6_000_000);
  },

  'a session in which nothing is sent for long enough is over': async () => {
    await using server = await udpEcho();
    await using at = await harbour({
      listening: { [POD]: server.port },
      options: { sessionTimeout: 100 },
    });
    await using client = await udp();
    await client.send('one', at.port);
    assert.equal((await at.end(1)).reason, undefined);
    await client.send('two', at.port);
    await client.gets(2);
    assert.equal(new Set(server.got.map(({ from }) => from.port)).size, 2);
  },

  'there are no more sessions than there may be: the one that was still for longest goes':
    async () => {
      await using server = await udpEcho();
      await using at = await harbour({
        listening: { [POD]: server.port },
        options: { maxSessions: 2 },
      });
      await using one = await udp();
      await using two = await udp();
      await using three = await udp();
      await one.send('1', at.port);
      await one.gets(1);
      await two.send('2', at.port);
      await two.gets(1);
      await one.send('1', at.port);
      await one.gets(2);
      await three.send('3', at.port);
      await three.gets(1);
      assert.equal(at.ended.length, 1);
      assert.deepEqual(
        [at.ended[0]?.clientPort, at.ended[0]?.reason],
        [two.port, 'TooManySessions'],
      );
    },

  'clients keep to one endpoint where the Service says so, whatever port they come from':
    async () => {
      await using a = await udpNamed('a');
      await using b = await udpNamed('b');
      await using c = await udpNamed('c');
      await using at = await harbour({
        pods: { [POD]: {}, [OTHER]: {}, [THIRD]: {} },
        spec: { sessionAffinity: 'ClientIP' },
        listening: { [POD]: a.port, [OTHER]: b.port, [THIRD]: c.port },
      });
      const found = new Set<string | undefined>();
      for (let last = 10; last < 18; last += 1) {
        const answers = new Set<string | undefined>();
        for (let time = 0; time < 3; time += 1) {
          await using client = await udp(undefined, `127.0.0.${last}`);
          await client.send('?', at.port, '127.0.0.1');
          await client.gets(1);
          answers.add(client.texts()[0]);
        }
        assert.equal(answers.size, 1);
        for (const answer of answers) found.add(answer);
      }
      assert.ok(found.size > 1);
    },

  'a session with an endpoint that may not answer any more is over, others go on': async () => {
    await using one = await udpNamed('one');
    await using two = await udpNamed('two');
    await using at = await harbour({ listening: { [POD]: one.port, [OTHER]: two.port } });
    await using client = await udp();
    await client.send('?', at.port);
    await client.gets(1);
    at.swap({ pods: { [POD]: {}, [OTHER]: {} } });
    for (let time = 2; time < 6; time += 1) {
      await client.send('?', at.port);
      await client.gets(time);
    }
    assert.deepEqual(at.ended, []);
    at.swap({ pods: { [OTHER]: {} } });
    await client.send('?', at.port);
    await client.gets(6);
    assert.deepEqual(client.texts(), ['one', 'one', 'one', 'one', 'one', 'two']);
    assert.equal((await at.end(1)).reason, 'EndpointGone');
    const session = one.got[0]?.from;
    await one.send('late', session?.port ?? 0);
    at.swap({ pods: { [OTHER]: { ready: false } } });
    await client.send('?', at.port);
    assert.equal((await at.end(2)).reason, 'EndpointGone');
    assert.equal((await at.end(3)).reason, 'NoReadyEndpoints');
    assert.equal(client.got.length, 6);
  },
};

/** Deno doesn't tell that a datagram was refused. */
export const UDP_REFUSALS: Behaviours = {
  'an endpoint that refuses counts as failed, and the session with it is over': async () => {
    const refusing = await udp();
    await refusing[Symbol.asyncDispose]();
    await using server = await udpNamed('second');
    await using at = await harbour({
      pods: { [POD]: {}, [OTHER]: {} },
      listening: { [POD]: refusing.port, [OTHER]: server.port },
      annotations: { 'portolan.dev/ejection-failures': '1' },
      options: { random: () => 0 },
    });
    await using client = await udp();
    await client.send('lost', at.port);
    const { reason, endpoint } = await at.end(1);
    assert.deepEqual([reason, endpoint], ['UpstreamUnreachable', `${POD}:5432`]);
    await client.send('again', at.port);
    await client.gets(1);
    assert.deepEqual(client.texts(), ['second']);
  },
};
