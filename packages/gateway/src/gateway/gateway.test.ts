import type { Dialer } from '@portolan/proxy';
import { describe, expect, it } from 'vitest';

import { serving, snapshotOf } from '../../test/serving.ts';
import type { Gateway, GatewayOptions } from './gateway.ts';

/** A Service of Pods at 10.0.0.1 and so on, behind an Ingress for shop.example. */
function shop(
  numbers: readonly number[],
  annotations: Readonly<Record<string, string>> = {},
): string {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'cart', annotations },
    spec: { selector: { app: 'cart' }, ports: [{ port: 80 }] },
  };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop' },
    spec: { defaultBackend: { service: { name: 'cart', port: { number: 80 } } } },
  };
  const each = numbers.map((pod) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `cart-${pod}`, labels: { app: 'cart' } },
    spec: { containers: [{ name: 'server', image: 'cart' }] },
    status: { podIP: `10.0.0.${pod}` },
  }));
  return [service, ingress, ...each].map((object) => JSON.stringify(object)).join('\n---\n');
}

/** Answers with the address that was dialled; those that are down refuse. */
function pods(down: ReadonlySet<string> = new Set()): Dialer {
  return {
    name: 'pods',
    dial: ({ endpoint: { address } }) => ({
      base: `http://${address}`,
      keepsHost: true,
      upgrades: 'none',
      fetch: () =>
        down.has(address)
          ? Promise.reject(new Error('refused'))
          : Promise.resolve(new Response(address)),
    }),
  };
}

async function ask(
  { fetch }: Gateway,
  cookie?: string,
): Promise<{ readonly pod: string; readonly cookie: string | undefined }> {
  const headers = new Headers(cookie === undefined ? {} : { cookie });
  const response = await fetch(new Request('http://shop.example/', { headers }));
  const [set] = response.headers.getSetCookie();
  return { pod: await response.text(), cookie: set?.split(';')[0] };
}

/** A number for each call, spread well over [0, 1). */
function spread(): () => number {
  let turn = 0;
  return () => (turn += 0.618034) % 1;
}

const STICKY = { 'portolan.dev/affinity-cookie': 'sticky' };

describe('an affinity cookie', () => {
  const app = (numbers: readonly number[], options: GatewayOptions = {}): Gateway =>
    serving(shop(numbers, STICKY), { dialers: [pods()], random: spread(), ...options });

  it('keeps a client at the endpoint that answered first', async () => {
    const gateway = app([1, 2, 3, 4]);
    const first = await ask(gateway);
    expect(first.cookie).toMatch(/^sticky=/);
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await ask(gateway, first.cookie)).toEqual({ pod: first.pod, cookie: undefined });
    }
  });

  it('is not asked of a client that has none, so clients are spread', async () => {
    const gateway = app([1, 2, 3, 4]);
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask(gateway)));
    expect(new Set(asked.map(({ pod }) => pod)).size).toBe(4);
  });

  it('stays where it is when other Pods come and go, and moves when its own leaves', async () => {
    const gateway = app([1, 2, 3]);
    const clients = await Promise.all(Array.from({ length: 12 }, () => ask(gateway)));
    gateway.swap(snapshotOf(shop([2, 3, 4, 5], STICKY)));
    const bound = clients.filter(({ pod }) => pod !== '10.0.0.1');
    for (const { pod, cookie } of bound) {
      expect(await ask(gateway, cookie)).toEqual({ pod, cookie: undefined });
    }
    const left = clients.filter(({ pod }) => pod === '10.0.0.1');
    expect(left.length).toBeGreaterThan(0);
    for (const { cookie } of left) {
      const again = await ask(gateway, cookie);
      expect(again.pod).not.toBe('10.0.0.1');
      expect(again.cookie).toMatch(/^sticky=/);
    }
  });

  it('is honoured wherever the secret is the same, and only there', async () => {
    const first = await ask(app([1, 2, 3, 4], { sessionSecret: 'one' }));
    for (let turn = 0; turn < 8; turn += 1) {
      const elsewhere = app([1, 2, 3, 4], { sessionSecret: 'one', random: () => turn / 8 });
      expect((await ask(elsewhere, first.cookie)).pod).toBe(first.pod);
    }
    const stranger = app([1, 2, 3, 4], { sessionSecret: 'another' });
    expect((await ask(stranger, first.cookie)).cookie).toMatch(/^sticky=/);
  });

  it('of one Service says nothing to another', async () => {
    const one = await ask(app([1, 2, 3, 4], { sessionSecret: 'one' }));
    const other = serving(shop([1, 2, 3, 4], STICKY).replaceAll('"cart"', '"till"'), {
      dialers: [pods()],
      sessionSecret: 'one',
    });
    expect((await ask(other, one.cookie)).cookie).toMatch(/^sticky=/);
  });

  it('moves to the endpoint that answered after a retry', async () => {
    const gateway = app([1, 2], { random: () => 0 });
    const first = await ask(gateway);
    expect(first.pod).toBe('10.0.0.1');
    const failing = serving(shop([1, 2], STICKY), { dialers: [pods(new Set(['10.0.0.1']))] });
    const moved = await ask(failing, first.cookie);
    expect(moved.pod).toBe('10.0.0.2');
    expect(moved.cookie).toMatch(/^sticky=/);
  });
});

describe('sessionAffinity: ClientIP', () => {
  const keeping = (numbers: readonly number[]): string =>
    shop(numbers).replace('"spec":{"selector"', '"spec":{"sessionAffinity":"ClientIP","selector"');

  async function placed(app: Gateway): Promise<readonly string[]> {
    const clients = Array.from({ length: 60 }, (_, index) => `203.0.113.${index}`);
    return Promise.all(
      clients.map(async (remoteAddress) => {
        const response = await app.fetch(new Request('http://shop.example/'), { remoteAddress });
        return response.text();
      }),
    );
  }

  it('moves only the clients of the Pod that left', async () => {
    const app = serving(keeping([1, 2, 3, 4]), { dialers: [pods()], random: spread() });
    const before = await placed(app);
    expect(await placed(app)).toEqual(before);
    app.swap(snapshotOf(keeping([1, 3, 4])));
    const after = await placed(app);
    const moved = after.filter((pod, index) => pod !== before[index]);
    expect(moved).toHaveLength(before.filter((pod) => pod === '10.0.0.2').length);
    expect(moved).not.toContain('10.0.0.2');
    expect(moved.length).toBeGreaterThan(0);
  });
});

describe('settings', () => {
  const down = new Set(['10.0.0.1']);

  it('of annotations go before those of the options for the Service, and these before those for all', async () => {
    const status = async (
      annotations: Readonly<Record<string, string>>,
      settings: GatewayOptions['settings'],
    ): Promise<number> => {
      const app = serving(shop([1, 2], annotations), {
        dialers: [pods(down)],
        random: () => 0,
        settings,
      });
      return (await app.fetch(new Request('http://shop.example/'))).status;
    };
    const never = { retries: 0 };
    const once = { retries: 1 };
    expect(await status({}, {})).toBe(200);
    expect(await status({}, { defaults: never })).toBe(502);
    expect(await status({}, { defaults: never, services: { 'default/cart': once } })).toBe(200);
    expect(await status({ 'portolan.dev/retries': '0' }, { defaults: once })).toBe(502);
  });

  it('of an Ingress go before those of its Services', async () => {
    const manifests = shop([1, 2], { 'portolan.dev/retries': '1' }).replace(
      '"name":"shop"',
      '"name":"shop","annotations":{"portolan.dev/retries":"0"}',
    );
    const app = serving(manifests, { dialers: [pods(down)], random: () => 0 });
    expect((await app.fetch(new Request('http://shop.example/'))).status).toBe(502);
  });
});

describe('an endpoint that keeps failing', () => {
  it('is asked no more for a while', async () => {
    const exchanges: number[] = [];
    const app = serving(shop([1, 2, 3], { 'portolan.dev/ejection-failures': '2' }), {
      dialers: [pods(new Set(['10.0.0.1']))],
      random: spread(),
      observe: ({ tries }) => exchanges.push(tries.length),
    });
    for (let turn = 0; turn < 30; turn += 1) {
      expect((await ask(app)).pod).not.toBe('10.0.0.1');
    }
    expect(exchanges.filter((tries) => tries > 1)).toHaveLength(2);
  });
});

describe('endpoints that have as many requests as they may', () => {
  it('are passed over, and where all are full there is 503 with Retry-After', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const waiting: Dialer = {
      name: 'waiting',
      dial: ({ endpoint: { address } }) => ({
        base: `http://${address}`,
        keepsHost: true,
        upgrades: 'none',
        fetch: async () => {
          await held;
          return new Response(address);
        },
      }),
    };
    const app = serving(shop([1, 2], { 'portolan.dev/max-requests': '1' }), {
      dialers: [waiting],
    });
    const request = (): Promise<Response> => app.fetch(new Request('http://shop.example/'));
    const [one, other, third] = [request(), request(), await request()];
    expect(third.status).toBe(503);
    expect(third.headers.get('retry-after')).toBe('1');
    expect(await third.json()).toMatchObject({ reason: 'Overloaded' });
    release();
    const answered = await Promise.all([one, other].map(async (answer) => (await answer).text()));
    expect(answered.toSorted()).toEqual(['10.0.0.1', '10.0.0.2']);
    expect((await request()).status).toBe(200);
  });
});

describe('another Snapshot', () => {
  it('lets what is under way finish at an endpoint that has left', async () => {
    let more: ReadableStreamDefaultController<Uint8Array> | undefined;
    const streaming: Dialer = {
      name: 'streaming',
      dial: ({ endpoint: { address } }) => ({
        base: `http://${address}`,
        keepsHost: true,
        upgrades: 'none',
        fetch: () =>
          Promise.resolve(
            new Response(
              new ReadableStream<Uint8Array>({
                start: (controller) => {
                  more = controller;
                },
              }),
            ),
          ),
      }),
    };
    const app = serving(shop([1]), { dialers: [streaming] });
    const response = await app.fetch(new Request('http://shop.example/'));
    app.swap(snapshotOf(shop([])));
    expect((await app.fetch(new Request('http://shop.example/'))).status).toBe(503);
    more?.enqueue(new TextEncoder().encode('to the end'));
    more?.close();
    expect(await response.text()).toBe('to the end');
  });
});
