import { array, assert, asyncProperty, double, integer, record } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { failure, memoryAPI, type MemoryAPI } from '../../test/memory-api/memory-api.ts';
import type { RegisterError } from '../api-request/api-request.ts';
import { register, type RegisterOptions, type Registration } from './register.ts';

const START = Date.parse('2026-03-01T12:00:00Z');

const POD = 'pods/web-1';
const LEASE = 'leases/web-1';

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});

afterEach(() => {
  vi.useRealTimers();
});

const begin = (api: MemoryAPI, options: Partial<RegisterOptions> = {}): Promise<Registration> =>
  register({
    url: 'https://worker.example/.portolan/kube/',
    token: 'token-of-the-shop-pods',
    name: 'web-1',
    namespace: 'shop',
    labels: { app: 'web' },
    address: '192.0.2.7',
    ports: [{ name: 'http', containerPort: 8080 }],
    fetch: api.fetch,
    random: () => 0,
    withdrawOnExit: false,
    onError: () => undefined,
    ...options,
  });

const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

/** What was asked, and when in milliseconds since the start. */
const asked = (api: MemoryAPI): readonly string[] =>
  api.asked.map(({ what, at }) => `${at - START} ${what}`);

/** `status` of the Pod's Ready condition. */
const readiness = (api: MemoryAPI): unknown =>
  JSON.parse(JSON.stringify(api.objects.get(POD))).status.conditions[0].status;

describe('registering', () => {
  it('writes a Pod as Kubernetes has it, and a Lease that goes with it', async () => {
    const api = memoryAPI();
    await begin(api, { annotations: { 'portolan.dev/weight': '2' } });
    expect(api.objects.get(POD)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'web-1',
        namespace: 'shop',
        uid: expect.any(String),
        labels: { app: 'web' },
        annotations: { 'portolan.dev/weight': '2', 'portolan.dev/lease': 'web-1' },
      },
      spec: {
        containers: [
          {
            name: 'registered',
            image: 'registered',
            ports: [{ name: 'http', containerPort: 8080 }],
          },
        ],
      },
      status: {
        phase: 'Running',
        podIP: '192.0.2.7',
        podIPs: [{ ip: '192.0.2.7' }],
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: 'Registered',
            message: '',
            lastTransitionTime: '2026-03-01T12:00:00Z',
          },
        ],
      },
    });
    expect(api.objects.get(LEASE)).toMatchObject({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: 'web-1',
        namespace: 'shop',
        ownerReferences: [
          { apiVersion: 'v1', kind: 'Pod', name: 'web-1', uid: expect.any(String) },
        ],
      },
      spec: {
        holderIdentity: 'web-1',
        leaseDurationSeconds: 30,
        renewTime: '2026-03-01T12:00:00.000000Z',
      },
    });
  });

  it('sends the token, to the paths of the API below the URL that was given', async () => {
    const api = memoryAPI();
    await begin(api);
    const base = 'https://worker.example/.portolan/kube';
    const query = 'fieldManager=portolan-register&force=true';
    expect(api.asked.map(({ url }) => url)).toEqual([
      `${base}/api/v1/namespaces/shop/pods/web-1?${query}`,
      `${base}/apis/coordination.k8s.io/v1/namespaces/shop/leases/web-1?${query}`,
    ]);
    expect(api.asked.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer token-of-the-shop-pods',
      'Bearer token-of-the-shop-pods',
    ]);
  });

  it('takes an address of each family', async () => {
    const api = memoryAPI();
    await begin(api, { address: ['192.0.2.7', '2001:db8::7'] });
    expect(api.objects.get(POD)).toMatchObject({
      status: { podIP: '192.0.2.7', podIPs: [{ ip: '192.0.2.7' }, { ip: '2001:db8::7' }] },
    });
  });

  it('makes up a name where none is given', async () => {
    const api = memoryAPI();
    const { pod } = await begin(api, { name: undefined, namespace: undefined });
    expect(pod.namespace).toBe('default');
    expect(pod.name).toMatch(/^[a-z0-9-]+-[a-z0-9]{5}$/);
    expect([...api.objects.keys()]).toEqual([`pods/${pod.name}`, `leases/${pod.name}`]);
  });

  it('replaces the Pod of an earlier process that it can not become', async () => {
    const api = memoryAPI();
    await begin(api);
    api.asked.length = 0;
    api.instead = (what) =>
      what === `apply ${POD}` && api.objects.has(POD) ? failure(422, 'Invalid') : undefined;
    await begin(api, { ports: [{ containerPort: 9090 }] });
    expect(asked(api)).toEqual([
      `0 apply ${POD}`,
      `0 DELETE ${POD}`,
      `0 DELETE ${LEASE}`,
      `0 apply ${POD}`,
      `0 apply ${LEASE}`,
    ]);
  });

  it('rejects what is no URL at once', async () => {
    await expect(begin(memoryAPI(), { url: 'worker.example' })).rejects.toThrow(TypeError);
  });
});

describe('the heartbeat', () => {
  it('renews the Lease after each third of its duration', async () => {
    const api = memoryAPI();
    await begin(api);
    api.asked.length = 0;
    await pass(30_000);
    expect(asked(api)).toEqual([
      `10000 merge ${LEASE}`,
      `20000 merge ${LEASE}`,
      `30000 merge ${LEASE}`,
    ]);
    expect(api.objects.get(LEASE)).toMatchObject({
      spec: { renewTime: '2026-03-01T12:00:30.000000Z', holderIdentity: 'web-1' },
    });
  });

  it.each([
    ['the Lease', [LEASE]],
    ['both', [POD, LEASE]],
  ])('writes both anew where %s is gone', async (_, gone) => {
    const api = memoryAPI();
    await begin(api);
    for (const key of gone) api.objects.delete(key);
    api.asked.length = 0;
    await pass(10_000);
    expect(asked(api)).toEqual([
      `10000 merge ${LEASE}`,
      `10000 apply ${POD}`,
      `10000 apply ${LEASE}`,
    ]);
  });

  it('is tried again ever later while the control plane is away, and told to whoever asked', async () => {
    const api = memoryAPI();
    const onError = vi.fn<(error: RegisterError) => void>();
    api.instead = () => Promise.reject(new TypeError('fetch failed'));
    await begin(api, { onError });
    await pass(40_000);
    expect(asked(api).map((each) => each.split(' ')[0])).toEqual([
      '0',
      '1000',
      '3000',
      '7000',
      '15000',
      '25000',
      '35000',
    ]);
    expect(onError.mock.calls.map(([{ status }]) => status)).toEqual(
      Array.from({ length: 7 }, () => undefined),
    );
    api.instead = () => undefined;
    await pass(5000);
    expect([...api.objects.keys()]).toEqual([POD, LEASE]);
  });

  it('waits as long as Retry-After says', async () => {
    const api = memoryAPI();
    api.instead = () => failure(429, 'TooManyRequests', { 'retry-after': '17' });
    await begin(api);
    await pass(20_000);
    expect(asked(api)).toEqual([`0 apply ${POD}`, `17000 apply ${POD}`]);
  });

  it.each([
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [404, 'NotFound'],
  ])('is tried once a minute while it is refused with %i', async (code, reason) => {
    const api = memoryAPI();
    const onError = vi.fn<(error: RegisterError) => void>();
    api.instead = () => failure(code, reason);
    await begin(api, { onError });
    await pass(130_000);
    expect(asked(api)).toEqual([`0 apply ${POD}`, `60000 apply ${POD}`, `120000 apply ${POD}`]);
    expect(onError.mock.lastCall?.[0]).toMatchObject({
      name: 'RegisterError',
      status: code,
      reason,
      message: expect.stringContaining(`because: ${reason}`),
    });
  });

  it('is told in one line, whatever the control plane says', async () => {
    const api = memoryAPI();
    const onError = vi.fn<(error: RegisterError) => void>();
    const message = `no\nregister: all is well\u001b[2J${'x'.repeat(100_000)}`;
    api.instead = () => Response.json({ message }, { status: 503 });
    await begin(api, { onError });
    const [error] = onError.mock.lastCall ?? [];
    expect(error?.message).toMatch(/^PATCH \S+: 503: no register: all is well \[2Jx+$/);
    expect(error?.message.length).toBeLessThan(1000);
  });

  it('takes no more of an answer than it can hold', async () => {
    const api = memoryAPI();
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    api.instead = () => new Response(endless, { status: 500 });
    await begin(api);
    expect(sent).toBeLessThan(2 ** 22);
  });

  it.each([
    ['a token of two lines', { token: 'first-line\nsecret-line' }],
    ['a password in the URL', { url: 'https://user:secret-line@worker.example/' }],
  ])('is no use with %s, which is not told', async (_, options) => {
    const api = memoryAPI();
    const begun = begin(api, options);
    await expect(begun).rejects.toThrow(TypeError);
    await expect(begun).rejects.not.toThrow(/secret-line/);
    expect(api.asked).toEqual([]);
  });

  it('goes on whatever onError throws', async () => {
    const api = memoryAPI();
    const onError = (): never => {
      throw new Error('nobody listens');
    };
    api.instead = () => failure(500, 'InternalError');
    await begin(api, { onError });
    api.instead = () => undefined;
    await pass(1000);
    expect(api.objects.has(POD)).toBe(true);
  });
});

describe('readiness', () => {
  it('is told at once where it is set, and once', async () => {
    const api = memoryAPI();
    const registration = await begin(api);
    await pass(4000);
    api.asked.length = 0;
    await registration.setReady(false);
    await registration.setReady(false);
    expect(asked(api)).toEqual([`4000 merge ${LEASE}`, `4000 merge ${POD}`, `4000 merge ${LEASE}`]);
    expect(readiness(api)).toBe('False');
    await registration.setReady(true);
    expect(readiness(api)).toBe('True');
  });

  it('is asked for with each heartbeat', async () => {
    const api = memoryAPI();
    let isReady = false;
    await begin(api, { ready: () => isReady });
    expect(readiness(api)).toBe('False');
    isReady = true;
    await pass(10_000);
    expect(readiness(api)).toBe('True');
  });

  it('needs both, what was set and what is asked', async () => {
    const api = memoryAPI();
    const registration = await begin(api, { ready: () => true });
    await registration.setReady(false);
    await pass(10_000);
    expect(readiness(api)).toBe('False');
  });

  it.each([
    ['throws', () => Promise.reject(new Error('no database'))],
    ['never answers', () => new Promise<boolean>(() => undefined)],
  ])('is none where ready %s; the heartbeat goes on', async (_, ready) => {
    const api = memoryAPI();
    const starting = begin(api, { ready });
    await pass(3000);
    await starting;
    expect(readiness(api)).toBe('False');
    api.asked.length = 0;
    await pass(25_000);
    expect(api.asked.map(({ what }) => what)).toEqual([`merge ${LEASE}`, `merge ${LEASE}`]);
  });

  it('is written anew with all else where the Pod is gone', async () => {
    const api = memoryAPI();
    const registration = await begin(api);
    api.objects.delete(POD);
    await registration.setReady(false);
    expect(readiness(api)).toBe('False');
  });
});

describe('withdrawing', () => {
  it('turns the Pod unready, then deletes it and its Lease, and beats no more', async () => {
    const api = memoryAPI();
    const registration = await begin(api);
    api.asked.length = 0;
    await registration.withdraw();
    await registration.withdraw();
    await pass(60_000);
    expect(asked(api)).toEqual([`0 merge ${POD}`, `0 DELETE ${POD}`, `0 DELETE ${LEASE}`]);
    expect(api.asked[0]?.body).toMatchObject({
      status: { conditions: [{ type: 'Ready', status: 'False' }] },
    });
    expect(api.objects.size).toBe(0);
  });

  it('waits in between where requests may be under way', async () => {
    const api = memoryAPI();
    const registration = await begin(api, { drain: 3000 });
    api.asked.length = 0;
    const withdrawn = registration.withdraw();
    await pass(3000);
    await withdrawn;
    expect(asked(api)).toEqual([`0 merge ${POD}`, `3000 DELETE ${POD}`, `3000 DELETE ${LEASE}`]);
  });

  it('leaves nothing of a heartbeat that was under way', async () => {
    const api = memoryAPI();
    const registration = await begin(api);
    api.objects.delete(LEASE);
    api.instead = (what) =>
      what === `apply ${POD}` ? new Promise<Response>(() => undefined) : undefined;
    const beating = registration.setReady(true);
    await pass(0);
    await Promise.all([beating, registration.withdraw()]);
    expect(api.objects.size).toBe(0);
    expect(api.asked.at(-1)?.what).toBe(`DELETE ${LEASE}`);
  });

  it('is content with what is gone already', async () => {
    const api = memoryAPI();
    const onError = vi.fn<(error: RegisterError) => void>();
    const registration = await begin(api, { onError });
    api.objects.clear();
    await registration.withdraw();
    expect(onError).not.toHaveBeenCalled();
  });

  it('is tried again, and given up in the end: the Lease runs out', async () => {
    const api = memoryAPI();
    const onError = vi.fn<(error: RegisterError) => void>();
    const registration = await begin(api, { onError });
    api.asked.length = 0;
    api.instead = () => failure(503, 'ServiceUnavailable');
    const withdrawn = registration.withdraw();
    await pass(10_000);
    await withdrawn;
    expect(asked(api)).toEqual([
      `0 merge ${POD}`,
      `200 merge ${POD}`,
      `800 merge ${POD}`,
      `800 DELETE ${POD}`,
      `1000 DELETE ${POD}`,
      `1600 DELETE ${POD}`,
    ]);
    expect(onError).toHaveBeenCalledOnce();
  });

  it('is what the end of an `await using` block does', async () => {
    const api = memoryAPI();
    const serving = async (): Promise<void> => {
      await using registration = await begin(api);
      expect(api.objects.has(`pods/${registration.pod.name}`)).toBe(true);
    };
    await serving();
    expect(api.objects.size).toBe(0);
  });
});

describe('whatever the control plane and chance do', () => {
  const third = 10_000;
  const outage = record({
    after: integer({ min: third, max: 40_000 }),
    length: integer({ min: 1, max: 200_000 }),
  });
  const chance = double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('the Lease is renewed at least once in each third of its duration that it can be', async () => {
    await assert(
      asyncProperty(
        array(outage, { maxLength: 8 }),
        array(chance, { minLength: 1 }),
        async (outages, chances) => {
          vi.setSystemTime(START);
          let end = START;
          const away = outages.map(({ after, length }) => {
            const from = end + after;
            end = from + length;
            return { from, to: end };
          });
          const isAway = (time: number): boolean =>
            away.some(({ from, to }) => from <= time && time < to);
          const api = memoryAPI();
          api.instead = () => (isAway(Date.now()) ? failure(503, 'ServiceUnavailable') : undefined);
          let drawn = 0;
          const random = (): number => chances[drawn++ % chances.length] ?? 0;
          const registration = await begin(api, { random });
          await pass(end - START + 40_000);
          // From when on it could be renewed, all the time.
          const since = [START, ...away.map(({ to }) => to)];
          const renewals = api.asked.filter(({ ok }) => ok).map(({ at }) => at);
          const late = [...since, ...renewals].filter((time) => {
            const isIn = (at: number): boolean => time < at && at <= time + third;
            const isFree =
              time + third <= end + 30_000 && ![...away].some(({ from }) => isIn(from));
            return isFree && !renewals.some(isIn);
          });
          expect(late).toEqual([]);
          await registration.withdraw();
        },
      ),
      { numRuns: 50 },
    );
  });
});
