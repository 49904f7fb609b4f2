import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';

import type { ListenAt } from '../../src/index.ts';
import { harbour, POD } from '../harbour/harbour.ts';
import { ask, connect, echo, named } from '../peers/tcp.ts';
import { udp } from '../peers/udp.ts';
import type { Behaviours } from './behaviours.ts';

async function isRefused(port: number, host = '127.0.0.1'): Promise<boolean> {
  const socket = net.connect({ port, host });
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}

export const LISTENING: Behaviours = {
  'a port that is taken is told each time, until it is free; all others are open': async () => {
    await using server = await named('open');
    await using at = await harbour({ listening: { [POD]: server.port } });
    const taken = await named('taken');
    const takenUDP = await udp();
    const wanted: readonly ListenAt[] = [
      { ...at.at.TCP, port: taken.port },
      at.at.TCP,
      { ...at.at.UDP, port: takenUDP.port },
    ];
    for (let time = 0; time < 2; time += 1) {
      const faults = await at.update(...wanted);
      assert.deepEqual(
        faults.map(({ at: where, code }) => [where, code]),
        [
          [wanted[0], 'EADDRINUSE'],
          [wanted[2], 'EADDRINUSE'],
        ],
      );
      assert.equal(await ask(at.port), 'open');
    }
    assert.deepEqual(at.listeners.list(), [{ ...at.at.TCP, clients: 0 }]);
    await taken[Symbol.asyncDispose]();
    await takenUDP[Symbol.asyncDispose]();
    assert.deepEqual(await at.update(...wanted), []);
    assert.equal(at.listeners.list().length, 3);
    // There is no Service at that port.
    assert.equal(await ask(taken.port), 'reset');
  },

  'what is not wanted any more takes no new client, and lets those that are there go on':
    async () => {
      await using server = await echo();
      await using at = await harbour({
        listening: { [POD]: server.port },
        options: { drain: 600_000 },
      });
      const client = await connect(at.port);
      client.socket.write('one');
      await client.hears('one');
      await at.update(at.at.UDP);
      assert.ok(await isRefused(at.port));
      client.socket.write('two');
      await client.hears('onetwo');
      // It is to be had again at once.
      assert.deepEqual(await at.update(at.at.TCP, at.at.UDP), []);
      assert.deepEqual(
        at.listeners.list().map(({ protocol, clients }) => [protocol, clients]),
        [
          ['UDP', 0],
          ['TCP', 0],
        ],
      );
      client.socket.end('three');
      await client.sees('close');
      assert.equal(client.heard(), 'onetwothree');
      assert.equal((await at.end(1)).reason, undefined);
    },

  'those that go on for longer than the drain are reset': async () => {
    await using server = await echo();
    await using at = await harbour({
      listening: { [POD]: server.port },
      options: { drain: 300 },
    });
    const client = await connect(at.port);
    client.socket.write('one');
    await client.hears('one');
    await at.update();
    await client.sees('close');
    assert.deepEqual(client.events, ['ECONNRESET', 'close']);
    assert.equal((await at.end(1)).reason, 'Drained');
  },

  'what is wanted before and after is not touched': async () => {
    await using server = await echo();
    await using at = await harbour({ listening: { [POD]: server.port } });
    const client = await connect(at.port);
    client.socket.write('one');
    await client.hears('one');
    await at.update(at.at.TCP, { ...at.at.TCP, address: '127.0.0.2' });
    await at.update(at.at.TCP, at.at.TCP);
    client.socket.write('two');
    await client.hears('onetwo');
    client.socket.end();
    await client.sees('close');
  },

  'closing waits for the last client': async () => {
    await using server = await echo();
    await using at = await harbour({
      listening: { [POD]: server.port },
      options: { drain: 600_000 },
    });
    const client = await connect(at.port);
    client.socket.write('one');
    await client.hears('one');
    let isClosed = false;
    const closing = at.listeners.close().then(() => (isClosed = true));
    client.socket.write('two');
    await client.hears('onetwo');
    assert.equal(isClosed, false);
    client.socket.end();
    await closing;
    assert.equal(at.ended.length, 1);
    assert.deepEqual(await at.update(at.at.TCP), []);
    assert.deepEqual(at.listeners.list(), []);
  },

  'a thousand listeners in a flood of updates: the last word counts': async () => {
    await using server = await named('last');
    await using at = await harbour({ listening: { [POD]: server.port } });
    const all = Array.from({ length: 500 }, (_, index): readonly ListenAt[] => {
      const address = `127.0.${1 + (index >> 8)}.${index & 255}`;
      return [
        { ...at.at.TCP, address },
        { ...at.at.UDP, address },
      ];
    }).flat();
    const updates = Array.from({ length: 50 }, (_, time) =>
      at.listeners.update(all.filter((_each, index) => (index + time) % 3 > 0)),
    );
    updates.push(at.listeners.update(all));
    assert.ok((await Promise.all(updates)).every((faults) => faults.length === 0));
    assert.equal(at.listeners.list().length, 1000);
    at.swap({ spec: { externalIPs: [] } });
    await at.update(at.at.TCP);
    assert.equal(at.listeners.list().length, 1);
    assert.equal(await ask(at.port), 'last');
    assert.ok(await isRefused(at.port, '127.0.1.7'));
  },
};
