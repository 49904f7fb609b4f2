import { DEFAULT_SETTINGS } from '@portolan/settings';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import type { Connection } from '../connection/connection.ts';
import type { Dialer, Reachable } from '../dialer/dialer.ts';
import { createEndpointStates } from '../endpoint-state/endpoint-states.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { sessionCookies } from '../session/session-cookies.ts';
import { createProxy, type ProxyOptions } from './proxy.ts';

type Fetch = Reachable['fetch'];

const connection: Connection = { scheme: 'http', host: 'shop.example', port: 80 };

function dialer(fetch: Fetch, parts: Partial<Reachable> = {}): Dialer {
  const base = 'http://127.0.0.1:8080';
  const reachable: Reachable = { fetch, base, keepsHost: false, upgrades: 'none', ...parts };
  return { name: 'test', dial: () => reachable };
}

function decisionWith(
  settings: Partial<ReturnType<typeof forwardDecision>['settings']>,
): ReturnType<typeof forwardDecision> {
  const all = { ...DEFAULT_SETTINGS, maxRequests: 9, ...settings };
  return forwardDecision({}, { settings: all });
}

interface Scene {
  readonly by: Dialer;
  readonly request?: () => Request;
  readonly settings?: Parameters<typeof decisionWith>[0];
  readonly connection?: Partial<Connection>;
  readonly options?: Partial<ProxyOptions>;
  /** What the client does with the answer; it reads it by default. */
  readonly client?: (response: Response) => Promise<unknown>;
}

/** One request, to its end: what was told of it, and what is still counted as under way. */
async function carryOut(scene: Scene): Promise<{
  readonly told: readonly Exchange[];
  readonly left: unknown;
  readonly error?: unknown;
}> {
  const told: Exchange[] = [];
  const states = createEndpointStates();
  const observe = (exchange: Exchange): void => void told.push(exchange);
  const proxy = createProxy({ dialers: [scene.by], states, observe, ...scene.options });
  const request = scene.request?.() ?? new Request('http://shop.example/');
  let error: unknown;
  try {
    const decision = decisionWith(scene.settings ?? {});
    const response = await proxy.handle(request, decision, { ...connection, ...scene.connection });
    await (scene.client ?? ((answer: Response) => answer.text().catch(() => undefined)))(response);
  } catch (thrown) {
    error = thrown;
  }
  await new Promise((resolve) => setTimeout(resolve));
  const left = states.list().filter(({ requests, pending }) => requests > 0 || pending > 0);
  return { told, left, error };
}

const post = (body: BodyInit): Request =>
  new Request('http://shop.example/', { method: 'POST', body });

const endless = (): Response =>
  new Response(new ReadableStream<Uint8Array>({ pull: (each) => each.enqueue(new Uint8Array(1)) }));

const read = post('x');
await read.text();

const upgradeRequest = (): Request =>
  new Request('http://shop.example/', {
    headers: { connection: 'Upgrade', upgrade: 'websocket' },
  });

const answers = dialer(async () => new Response('ahoy'));
const refuses = dialer(() => Promise.reject(new Error('10.0.0.1 refused')));

const SCENES: Readonly<Record<string, Scene>> = {
  'is answered': { by: answers },
  'is answered with an invalid status': { by: dialer(async () => Response.error()) },
  'is answered by somebody who breaks off': {
    by: dialer(
      async () =>
        new Response(
          new ReadableStream({ pull: (each) => each.error(new Error('10.0.0.1 broke')) }),
        ),
    ),
  },
  'is a HEAD': {
    by: dialer(async () => endless()),
    request: () => new Request('http://shop.example/', { method: 'HEAD' }),
  },
  'is left by the client after the headers': {
    by: dialer(async () => endless()),
    client: (response) => response.body?.cancel() ?? Promise.resolve(),
  },
  'is left by the client in the middle': {
    by: dialer(async () => endless()),
    client: async (response) => {
      const reader = response.body?.getReader();
      await reader?.read();
      await reader?.cancel();
    },
  },
  'is refused by the endpoint': { by: refuses },
  'has been left before it is sent': {
    by: refuses,
    request: () => new Request('http://shop.example/', { signal: AbortSignal.abort() }),
  },
  'is for a dialer that throws': {
    by: {
      name: 'test',
      dial: () => {
        throw new Error('10.0.0.1 is odd');
      },
    },
  },
  'is for a dialer whose base is no URL': {
    by: dialer(async () => endless(), { base: '10.0.0.1' }),
  },
  'is for a dialer whose fetch throws': {
    by: dialer(() => {
      throw new Error('10.0.0.1 is odd');
    }),
  },
  'is for a dialer whose carries throws': {
    by: dialer(async () => endless(), {
      carries: () => {
        throw new Error('10.0.0.1 is odd');
      },
    }),
  },
  'has been read before': { by: answers, request: () => read },
  'has been read before, and is not kept': {
    by: answers,
    request: () => read,
    settings: { retries: 0 },
  },
  'is answered with a body that somebody reads': {
    by: dialer(async () => {
      const response = new Response('x');
      response.body?.getReader();
      return response;
    }),
  },
  'is to be bound by a cookie that has no valid name': {
    by: answers,
    settings: { affinityCookie: 'a b' },
    options: { sessions: sessionCookies('secret') },
  },
  'is an upgrade that fails': {
    by: dialer(async () => endless(), { upgrades: 'host' }),
    request: upgradeRequest,
    connection: { upgrade: () => Promise.reject(new Error('10.0.0.1 refused')) },
  },
  'is an upgrade that is refused with an answer': {
    by: dialer(async () => endless(), { upgrades: 'host' }),
    request: upgradeRequest,
    connection: {
      upgrade: async () => ({ upgraded: false, response: new Response('no', { status: 403 }) }),
    },
  },
  'is an upgrade that ends': {
    by: dialer(async () => endless(), { upgrades: 'host' }),
    request: upgradeRequest,
    connection: {
      upgrade: async () => ({
        upgraded: true,
        response: new Response(),
        closed: Promise.resolve(),
      }),
    },
  },
  'is an upgrade whose end is an error': {
    by: dialer(async () => endless(), { upgrades: 'host' }),
    request: upgradeRequest,
    connection: {
      upgrade: async () => ({
        upgraded: true,
        response: new Response(),
        closed: Promise.reject(new Error('10.0.0.1 broke')),
      }),
    },
  },
};

describe('a request, however it ends', () => {
  it.each(Object.entries(SCENES))(
    'is told of once, and counts no more, where it %s',
    async (_, scene) => {
      const { told, left } = await carryOut(scene);
      expect(told).toHaveLength(1);
      expect(left).toEqual([]);
    },
  );

  it.each(Object.entries(SCENES))(
    'leaves a trial to the next one where it %s',
    async (_, scene) => {
      let at = 0;
      const states = createEndpointStates({ now: () => at });
      const settings = { ejectionFailures: 1, ejectionMaxPercent: 100, retries: 0 };
      const other = { ...forwardDecision().endpoint, port: 8081 };
      const { endpoint, ...rest } = decisionWith({ ...scene.settings, ...settings });
      const decision = { ...rest, endpoint, endpoints: [endpoint, other] };
      const failed = states.begin('shop/cart:80', endpoint, decision.settings, decision.endpoints);
      failed.failed();
      failed.ended();
      expect(states.unavailability('shop/cart:80', endpoint)).toBe('Ejected');
      at = 10_000;
      const proxy = createProxy({ dialers: [scene.by], states, ...scene.options });
      const request = scene.request?.() ?? new Request('http://shop.example/');
      const response = await proxy
        .handle(request, decision, { ...connection, ...scene.connection })
        .catch(() => undefined);
      await response?.body?.cancel().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve));
      at = 1_000_000;
      expect(states.unavailability('shop/cart:80', endpoint)).toBeUndefined();
    },
  );

  it('tells nothing of the inside in what we answer ourselves', async () => {
    const kinds = fc.constantFrom(...Object.values(SCENES));
    await fc.assert(
      fc.asyncProperty(
        kinds,
        fc.constantFrom('text/plain', 'application/json', 'text/html', '*/*'),
        async (scene, accept) => {
          const proxy = createProxy({ dialers: [scene.by], ...scene.options });
          const request = scene.request?.() ?? new Request('http://shop.example/');
          if (!request.bodyUsed) request.headers.set('accept', accept);
          const decision = decisionWith(scene.settings ?? {});
          const response = await proxy
            .handle(request, decision, { ...connection, ...scene.connection })
            .catch(() => undefined);
          if (response === undefined || response.status < 400) {
            await response?.body?.cancel().catch(() => undefined);
            return;
          }
          const said = `${await response.text()} ${JSON.stringify([...response.headers])}`;
          expect(said).not.toMatch(/10\.0\.0\.1|127\.0\.0\.1|8080|cart|odd|refused|Error/);
        },
      ),
    );
  });

  it('is answered where a dialer throws: another may do better', async () => {
    const { told, error } = await carryOut({
      by: {
        name: 'odd',
        dial: () => {
          throw new Error('no such key');
        },
      },
    });
    expect(error).toBeUndefined();
    expect(told).toMatchObject([
      {
        status: 502,
        failure: { reason: 'NoDialer', message: expect.stringContaining('no such key') },
      },
    ]);
  });

  it('is told of as left where the client left before there was an answer', async () => {
    const { told } = await carryOut({
      by: refuses,
      request: () => new Request('http://shop.example/', { signal: AbortSignal.abort() }),
    });
    expect(told).toMatchObject([{ status: 499, end: 'aborted' }]);
  });

  it('is told of with the time to its handshake where it is an upgrade', async () => {
    let at = 0;
    const { told } = await carryOut({
      by: dialer(async () => endless(), { upgrades: 'host' }),
      request: upgradeRequest,
      options: { now: () => at },
      connection: {
        upgrade: async () => {
          at = 5;
          const closed = new Promise<void>((resolve) => {
            setTimeout(() => {
              at = 60_000;
              resolve();
            });
          });
          return { upgraded: true, response: new Response(), closed };
        },
      },
    });
    // One turn more than the connection has.
    await new Promise((resolve) => setTimeout(resolve));
    expect(told).toMatchObject([{ status: 101, timeToFirstByte: 5, duration: 60_000 }]);
  });

  it('does not suffer from those who watch it and throw', async () => {
    const end = vi.fn<() => void>();
    const throws = (): never => {
      throw new Error('the log is full');
    };
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const tracer = { start: () => ({ traceparent, end }) };
    for (const by of [answers, refuses, dialer(async () => endless())]) {
      const states = createEndpointStates();
      const proxy = createProxy({ dialers: [by], states, observe: throws, tracer });
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const response = await proxy.handle(
        new Request('http://shop.example/'),
        decisionWith({}),
        connection,
      );
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await response.body?.cancel();
      expect(states.list().map(({ requests }) => requests)).not.toContain(1);
    }
    expect(end).toHaveBeenCalledTimes(3);
    const broken = createProxy({ dialers: [answers], tracer: { start: throws } });
    const request = new Request('http://shop.example/');
    expect((await broken.handle(request, decisionWith({}), connection)).status).toBe(200);
  });

  it('lets go of the endpoint where the client is gone and nobody cancels the answer', async () => {
    const controller = new AbortController();
    const cancel = vi.fn<() => void>();
    const pull = (): Promise<void> => new Promise(() => undefined);
    const by = dialer(async () => new Response(new ReadableStream({ pull, cancel })));
    const { told, left } = await carryOut({
      by,
      request: () => new Request('http://shop.example/', { signal: controller.signal }),
      client: async () => controller.abort(),
    });
    expect(told).toMatchObject([{ status: 200, end: 'aborted' }]);
    expect(left).toEqual([]);
    expect(cancel).toHaveBeenCalledOnce();
  });
});
