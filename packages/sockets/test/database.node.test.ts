import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';

import { createEndpointStates } from '@portolan/proxy';
import { describe, expect, it } from 'vitest';

import { createListeners, type Listeners } from '../src/index.ts';
import { program, psql, run, startPostgres, startRedis } from './database/database.ts';
import { compiled, freeNodePort } from './harbour/harbour.ts';
import { until } from './peers/until.ts';

interface NodePort extends AsyncDisposable {
  readonly port: number;
  readonly listeners: Listeners;
}

/** A node port of a Service whose only endpoint is a server on this machine, as manifests say it. */
async function nodePortTo(server: number): Promise<NodePort> {
  const port = await freeNodePort();
  const snapshot = compiled(`
apiVersion: v1
kind: Node
metadata: { name: node-a }
status: { addresses: [{ type: InternalIP, address: 127.0.0.1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec:
  type: NodePort
  selector: { app: db }
  ports: [{ port: 5432, targetPort: ${server}, nodePort: ${port} }]
---
apiVersion: v1
kind: Pod
metadata: { name: db-0, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, image: db }] }
status: { phase: Running, podIP: 127.0.0.1, conditions: [{ type: Ready, status: 'True' }] }
`);
  const listeners = createListeners({
    snapshot: () => snapshot,
    states: createEndpointStates(),
    drain: 0,
  });
  const at = { entrance: 'external', protocol: 'TCP', address: '127.0.0.1', port } as const;
  expect(await listeners.update([at])).toEqual([]);
  return { port, listeners, [Symbol.asyncDispose]: () => listeners.close() };
}

/** A client that stays. */
function client(
  name: string,
  args: readonly string[],
): AsyncDisposable & {
  readonly said: () => string;
  readonly say: (line: string) => void;
} {
  const running = spawn(name, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const exited = once(running, 'exit');
  running.stdin.on('error', () => undefined);
  let said = '';
  running.stdout.on('data', (data) => (said += String(data)));
  return {
    said: () => said,
    say: (line) => running.stdin.write(`${line}\n`),
    [Symbol.asyncDispose]: async () => {
      running.kill();
      await exited;
    },
  };
}

const hasRedis = ['redis-server', 'redis-cli'].every((name) => program(name) !== undefined);
const hasPostgres = ['initdb', 'postgres', 'psql'].every((name) => program(name) !== undefined);

describe.skipIf(!hasRedis)('redis-cli and redis-server (skipped where they are absent)', () => {
  it('speak through a node port: a pipeline, a large value, a message to who subscribes', async () => {
    await using server = await startRedis();
    await using at = await nodePortTo(server.port);
    const port = ['-p', String(at.port)];

    const commands = Array.from({ length: 20_000 }, (_, index) => `SET key-${index} ${index}\r\n`);
    const answer = await run('redis-cli', [...port, '--pipe'], commands.join(''));
    expect(answer).toContain('errors: 0, replies: 20000');
    expect(await run('redis-cli', [...port, 'get', 'key-19999'])).toBe('19999\n');

    const large = 'all the world is a stage '.repeat(200_000);
    await run('redis-cli', [...port, '-x', 'set', 'large'], large);
    expect(await run('redis-cli', [...port, 'get', 'large'])).toBe(`${large}\n`);

    await using subscriber = client('redis-cli', [...port, 'subscribe', 'news']);
    await until(() => subscriber.said().includes('subscribe'));
    await using monitor = client('redis-cli', [...port, 'monitor']);
    await until(() => monitor.said().includes('OK'));
    await using waiting = client('redis-cli', [...port, 'blpop', 'queue', '0']);
    await until(() => monitor.said().includes('"blpop"'));
    await run('redis-cli', [...port, 'publish', 'news', 'land in sight']);
    await run('redis-cli', [...port, 'rpush', 'queue', 'anchor']);
    await until(() => subscriber.said().includes('land in sight'));
    await until(() => waiting.said().includes('anchor'));
    await until(() => monitor.said().includes('"rpush" "queue" "anchor"'));
  });
});

describe.skipIf(!hasPostgres)('psql and PostgreSQL (skipped where they are absent)', () => {
  it('speak through a node port: COPY of some MB both ways, LISTEN and NOTIFY', async () => {
    await using server = await startPostgres();
    await using at = await nodePortTo(server.port);
    const rows = Array.from(
      { length: 100_000 },
      (_, index) => `${index}\t${createHash('sha256').update(String(index)).digest('hex')}\n`,
    ).join('');
    expect(rows.length).toBeGreaterThan(6_000_000);
    await psql(at.port, 'create table manifest (number int primary key, hash text)');
    await psql(at.port, rows, '-c', 'copy manifest from stdin');
    expect(await psql(at.port, 'select count(*) from manifest')).toBe('100000\n');
    expect(await psql(at.port, 'copy (select * from manifest order by number) to stdout')).toBe(
      rows,
    );

    const target = `postgresql://shop@127.0.0.1:${at.port}/postgres?sslmode=disable`;
    await using listener = client('psql', [target, '-X', '-A', '-t']);
    listener.say('listen news;');
    await until(() => listener.said().includes('LISTEN'));
    await psql(at.port, "notify news, 'land in sight'");
    await until(() => {
      listener.say('select 1;');
      return listener.said().includes('"land in sight"');
    });
  });
});
