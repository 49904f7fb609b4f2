import { Agent, createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, RequestOptions, Server } from 'node:http';
import { Server as NetServer } from 'node:net';

import type { Pod, Resource, Workload } from '@portolan/core';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { planStandIns } from '../plan/plan.ts';
import type { StandInPlan } from '../plan/plan.ts';
import { startStandIns } from './serve.ts';
import type { StandIns } from './serve.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(closers.splice(0).map((close) => close()));
});

describe('a stand-in', () => {
  it('says which Pod it is and what it was asked', async () => {
    const plan = planStandIns([pod('web', { app: 'web' })]);
    await start(plan);
    const answer = await ask(plan, 'web', {
      method: 'PATCH',
      path: '/a%20b/..?q=1&q=2',
      headers: { host: 'shop.example', 'x-forwarded-for': '192.0.2.1' },
      body: 'hello',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.json()).toEqual({
      pod: 'web',
      namespace: 'default',
      node: 'stand-in',
      labels: { app: 'web' },
      address: plan.servers[0]?.address,
      port: 18080,
      method: 'PATCH',
      path: '/a%20b/..?q=1&q=2',
      headers: expect.objectContaining({
        host: 'shop.example',
        'x-forwarded-for': '192.0.2.1',
      }),
      bodySize: 5,
    });
  });

  it('answers HEAD as GET, without the body', async () => {
    const plan = planStandIns([pod('web')]);
    await start(plan);
    const head = await ask(plan, 'web', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers['content-type']).toBe('application/json');
    expect(Number(head.headers['content-length'])).toBeGreaterThan(0);
    expect(head.text).toBe('');
  });

  it('counts the bytes of a body without a length', async () => {
    const plan = planStandIns([pod('web')]);
    await start(plan);
    const answer = await ask(plan, 'web', { method: 'POST', body: Buffer.alloc(3_000_000) });
    expect(answer.json()).toMatchObject({
      headers: { 'transfer-encoding': 'chunked' },
      bodySize: 3_000_000,
    });
  });
});

describe('startStandIns', () => {
  it('starts every server of the plan, hundreds of them', async () => {
    const plan = planStandIns([deployment('web', 300)]);
    const standIns = await start(plan);
    expect(standIns.servers).toBe(300);
    const names = await Promise.all(
      plan.servers.map(async ({ address }) => {
        const answer = await send({ host: address, port: 18080 });
        return answer.json().pod;
      }),
    );
    expect(new Set(names).size).toBe(300);
  });

  it("maps a Pod's IPv6 address to its server", async () => {
    const plan = planStandIns([pod('web')]);
    const { overrides } = await start(plan);
    const [ipv4, ipv6] = plan.pods[0]?.status?.podIPs ?? [];
    expect(overrides).toEqual({ [`[${ipv6?.ip}]:18080`]: `${ipv4?.ip}:18080` });
  });

  it('takes another port where the planned one is in use, and says which', async () => {
    const plan = planStandIns([pod('web')]);
    const address = plan.servers[0]?.address ?? '';
    await occupy(address, 18080);
    const { overrides } = await start(plan);
    const target = overrides[`${address}:18080`];
    expect(target).toMatch(new RegExp(`^${address}:\\d+$`));
    expect(target).not.toBe(`${address}:18080`);
    const answer = await send({ host: address, port: target?.split(':')[1] });
    expect(answer.json()).toMatchObject({ pod: 'web', address, port: 18080 });
  });

  it('takes a port of 127.0.0.1 where the planned address does not exist', async () => {
    const nowhere = '192.0.2.1';
    const { pods } = planStandIns([pod('web')]);
    const plan: StandInPlan = {
      pods,
      nodes: [],
      servers: [{ pod: 'default/web', address: nowhere, port: 18080 }],
      owners: {},
    };
    const { overrides } = await start(plan);
    const target = overrides[`${nowhere}:18080`];
    expect(target).toMatch(/^127\.0\.0\.1:\d+$/);
    const answer = await send({ host: '127.0.0.1', port: target?.split(':')[1] });
    expect(answer.json()).toMatchObject({ pod: 'web', address: nowhere, port: 18080 });
  });

  it('leaves nothing behind where a server can’t be started', async () => {
    const plan = planStandIns([pod('good'), pod('bad')]);
    const good = addressOf(plan, 'good');
    const listen = Object.getOwnPropertyDescriptor(NetServer.prototype, 'listen')?.value;
    vi.spyOn(NetServer.prototype, 'listen').mockImplementation(function (
      this: NetServer,
      ...args: unknown[]
    ) {
      if (args[1] === good) return Reflect.apply(listen, this, args);
      this.emit('error', new Error('no socket for you'));
      return this;
    });
    await expect(startStandIns(plan)).rejects.toThrow('no socket for you');
    await expect(send({ host: good, port: 18080 })).rejects.toThrow('ECONNREFUSED');
  });

  it('throws for a server whose Pod is not in the plan', async () => {
    const { servers, nodes } = planStandIns([pod('web')]);
    await expect(startStandIns({ pods: [], nodes, servers, owners: {} })).rejects.toThrow(
      'default/web',
    );
  });
});

describe('update', () => {
  it('stops what is left out, starts what is added and keeps connections to the rest', async () => {
    const before = planStandIns([pod('kept'), pod('removed')]);
    const after = planStandIns([pod('kept'), pod('added')]);
    const standIns = await start(before);
    const agent = keepAliveAgent();
    await ask(before, 'kept', { agent });

    await standIns.update(after);

    expect(standIns.servers).toBe(2);
    const again = await ask(after, 'kept', { agent });
    expect(again.reused).toBe(true);
    expect((await ask(after, 'added')).json()).toMatchObject({ pod: 'added' });
    await expect(ask(before, 'removed')).rejects.toThrow('ECONNREFUSED');
    expect(Object.values(standIns.overrides).toSorted()).toEqual(
      after.servers.map(({ address, port }) => `${address}:${port}`).toSorted(),
    );
  });

  it('gives a server that stays the new labels of its Pod', async () => {
    const standIns = await start(planStandIns([pod('web', { version: '1' })]));
    const plan = planStandIns([pod('web', { version: '2' })]);
    await standIns.update(plan);
    expect((await ask(plan, 'web')).json()).toMatchObject({ labels: { version: '2' } });
  });

  it('goes through several plans in order', async () => {
    const standIns = await start(planStandIns([]));
    const last = planStandIns([pod('three')]);
    await Promise.all([
      standIns.update(planStandIns([pod('one'), pod('two')])),
      standIns.update(planStandIns([pod('two'), pod('three')])),
      standIns.update(last),
    ]);
    expect(standIns.servers).toBe(1);
    expect((await ask(last, 'three')).status).toBe(200);
  });

  it('keeps what ran where the new plan can’t be started', async () => {
    const plan = planStandIns([pod('web')]);
    const standIns = await start(plan);
    const { servers } = planStandIns([pod('ghost')]);
    await expect(standIns.update({ ...plan, servers })).rejects.toThrow('default/ghost');
    expect((await ask(plan, 'web')).status).toBe(200);
    await standIns.update(planStandIns([]));
    expect(standIns.servers).toBe(0);
  });
});

describe('close', () => {
  it('ends connections that are kept alive, and frees the port', async () => {
    const plan = planStandIns([pod('web')]);
    const standIns = await start(plan);
    await ask(plan, 'web', { agent: keepAliveAgent() });
    await standIns.close();
    expect(standIns.servers).toBe(0);
    expect(standIns.overrides).toEqual({});
    await expect(ask(plan, 'web')).rejects.toThrow('ECONNREFUSED');
    await occupy(addressOf(plan, 'web'), 18080);
  });

  it('ends a request that is under way', async () => {
    const plan = planStandIns([pod('web')]);
    const standIns = await start(plan);
    const host = addressOf(plan, 'web');
    const pending = httpRequest({ host, port: 18080, method: 'POST' });
    const failed = new Promise((resolve) => pending.on('error', resolve));
    await new Promise<void>((resolve) => {
      pending.on('socket', (socket) => socket.on('connect', () => resolve()));
      pending.write('never ended');
    });
    await standIns.close();
    expect(await failed).toBeInstanceOf(Error);
  });

  it('may be called again, and is the end', async () => {
    const plan = planStandIns([pod('web')]);
    const standIns = await start(plan);
    await Promise.all([standIns.close(), standIns.close()]);
    await standIns.close();
    await expect(standIns.update(plan)).rejects.toThrow('closed');
  });
});

async function start(plan: StandInPlan): Promise<StandIns> {
  const standIns = await startStandIns(plan);
  closers.push(() => standIns.close());
  return standIns;
}

/** Listens as some other program would. */
async function occupy(address: string, port: number): Promise<void> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
}

function keepAliveAgent(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closers.push(async () => agent.destroy());
  return agent;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: () => Readonly<Record<string, unknown>>;
  /** Whether the connection had served a request before. */
  readonly reused: boolean;
}

type Question = RequestOptions & { readonly body?: string | Buffer };

function ask(plan: StandInPlan, name: string, question: Question = {}): Promise<Answer> {
  return send({ ...question, host: addressOf(plan, name), port: 18080 });
}

function send({ body, ...options }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ agent: false, ...options }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => {
        const { statusCode: status, headers } = incoming;
        const { reusedSocket: reused } = outgoing;
        resolve({ status, headers, text, reused, json: () => JSON.parse(text) });
      });
    });
    outgoing.on('error', reject);
    if (body !== undefined) outgoing.write(body);
    outgoing.end();
  });
}

function addressOf(plan: StandInPlan, name: string): string {
  return plan.servers.find((server) => server.pod === `default/${name}`)?.address ?? '';
}

function pod(name: string, labels: Readonly<Record<string, string>> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: { containers: [{ name: 'web', ports: [{ containerPort: 18080 }] }] },
  };
}

function deployment(name: string, replicas: number): Resource {
  const { metadata, spec } = pod(name);
  const workload: Workload = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { replicas, template: { metadata: {}, spec } },
  };
  return workload;
}
