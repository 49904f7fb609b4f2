import {
  openStore,
  type NewObject,
  type Store,
  type StoredObject,
  type Write,
} from '@portolan/store';
import * as Clock from 'effect/Clock';
import type * as Duration from 'effect/Duration';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import * as ManagedRuntime from 'effect/ManagedRuntime';
import { TestClock } from 'effect/testing';
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { runController } from '../controllers/controller/controller.ts';
import { Settlement, settlementLayer } from '../settlement/settlement.ts';
import { ControlPlaneStore } from '../store/control-plane-store.ts';
import { leaseController } from './lease-controller.ts';
import { mayHastenExpiry, nextExpiry } from './next-expiry.ts';

const START = Date.parse('2026-03-01T12:00:00Z');

const iso = (time: number): string => new Date(time).toISOString();

const ready = (status: string, reason?: string): object => ({ type: 'Ready', status, reason });

interface PodTraits {
  readonly name?: string;
  readonly leaseName?: string;
  readonly conditions?: readonly object[];
  readonly created?: number;
  readonly metadata?: object;
}

function pod({
  name = 'web-1',
  leaseName = 'web-1',
  conditions = [{ type: 'Initialized', status: 'True' }, ready('True')],
  created = START,
  metadata = {},
}: PodTraits = {}): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: iso(created),
      annotations: { 'portolan.dev/lease': leaseName },
      ...metadata,
    },
    spec: { containers: [{ name: 'web', image: 'registered' }] },
    status: { phase: 'Running', podIP: '192.0.2.7', conditions },
  };
}

function lease(
  renewTime: number | undefined,
  { name = 'web-1', seconds = 10 }: { name?: string; seconds?: number } = {},
): NewObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'shop', uid: `lease-${name}`, creationTimestamp: iso(START) },
    spec: {
      holderIdentity: name,
      leaseDurationSeconds: seconds,
      ...(renewTime !== undefined && { renewTime: iso(renewTime).replace('Z', '000Z') }),
    },
  };
}

const getPod = (store: Store, name = 'web-1'): StoredObject | undefined =>
  store.get({ resource: 'pods', namespace: 'shop', name });

const getLease = (store: Store, name = 'web-1'): StoredObject | undefined =>
  store.get({ resource: 'leases.coordination.k8s.io', namespace: 'shop', name });

/** The Pod's `Ready` condition as `True` or `False LeaseExpired`; `gone` where there is no Pod. */
function state(store: Store, name?: string): string {
  const object = getPod(store, name);
  if (object === undefined) return 'gone';
  const { conditions } = JSON.parse(JSON.stringify(object.status));
  const { status, reason } = conditions.find(({ type }: { type: string }) => type === 'Ready');
  return reason === undefined ? status : `${status} ${reason}`;
}

/** A store, and the controller that runs over it, in a time of its own. */
interface Running extends AsyncDisposable {
  readonly store: Store;
  readonly put: (...objects: readonly NewObject[]) => Promise<void>;
  readonly pass: (duration: Duration.Input) => Promise<void>;
  readonly renew: () => Promise<void>;
}

async function run({
  objects = [],
  since = START,
}: { objects?: readonly NewObject[]; since?: number } = {}): Promise<Running> {
  const store = openStore();
  store.commit(objects.map((object) => ({ put: object })));
  const runtime = ManagedRuntime.make(
    Layer.effectDiscard(runController(leaseController({ store, since }))).pipe(
      Layer.provideMerge(settlementLayer),
      Layer.provide(Layer.succeed(ControlPlaneStore, store)),
      Layer.provideMerge(Layer.effectDiscard(TestClock.setTime(START))),
      Layer.provideMerge(TestClock.layer()),
    ),
  );
  const settle = Effect.flatMap(Settlement, ({ settled }) => settled);
  const put: Running['put'] = (...added) => {
    store.commit(added.map((object) => ({ put: object })));
    return runtime.runPromise(settle);
  };
  await runtime.runPromise(settle);
  return {
    store,
    put,
    pass: (duration) => runtime.runPromise(Effect.andThen(TestClock.adjust(duration), settle)),
    renew: async () => put(lease(await runtime.runPromise(Clock.currentTimeMillis))),
    [Symbol.asyncDispose]: () => runtime.dispose(),
  };
}

/** A control plane that began just now with a Pod and its Lease. */
async function registered(): Promise<Running> {
  const running = await run();
  await running.put(pod());
  await running.put(lease(START));
  return running;
}

describe('a Pod with a Lease', () => {
  it('stays ready for as long as it is renewed', async () => {
    await using running = await registered();
    const { store, pass, renew } = running;
    for (let round = 0; round < 10; round += 1) {
      await pass('9 seconds');
      await renew();
    }
    expect(state(store)).toBe('True');
  });

  it('turns unready when the duration after the last renewal is over, not before', async () => {
    await using running = await registered();
    const { store, pass, renew } = running;
    await pass('5 seconds');
    await renew();
    await pass(9_999);
    expect(state(store)).toBe('True');
    await pass(1);
    expect(state(store)).toBe('False LeaseExpired');
    expect(getPod(store)?.status).toMatchObject({
      phase: 'Running',
      podIP: '192.0.2.7',
      conditions: [
        { type: 'Initialized', status: 'True' },
        {
          type: 'Ready',
          status: 'False',
          reason: 'LeaseExpired',
          message: 'Lease web-1 was last renewed at 2026-03-01T12:00:05Z, for 10 s',
          lastTransitionTime: '2026-03-01T12:00:15Z',
        },
      ],
    });
  });

  it('is deleted together with its Lease after another duration', async () => {
    await using running = await registered();
    const { store, pass } = running;
    await pass(19_999);
    expect(state(store)).toBe('False LeaseExpired');
    await pass(1);
    expect(state(store)).toBe('gone');
    expect(getLease(store)).toBeUndefined();
  });

  it('is ready again once it is renewed in between', async () => {
    await using running = await registered();
    const { store, pass, renew } = running;
    await pass('15 seconds');
    await renew();
    expect(state(store)).toBe('True LeaseRenewed');
    await pass(9_999);
    expect(state(store)).toBe('True LeaseRenewed');
    await pass(1);
    expect(state(store)).toBe('False LeaseExpired');
  });

  it('is renewed by the clock here, however wrong the clock of the client is', async () => {
    await using running = await registered();
    const { store, put, pass } = running;
    await pass('5 seconds');
    await put(lease(START - 3_600_000));
    await pass(9_999);
    expect(state(store)).toBe('True');
    await put(lease(START + 3_600_000));
    await pass('10 seconds');
    expect(state(store)).toBe('False LeaseExpired');
  });

  it('is not renewed by a write of the Lease that leaves renewTime as it was', async () => {
    await using running = await registered();
    const { store, put, pass } = running;
    await pass('5 seconds');
    const { metadata, ...rest } = lease(START);
    await put({ ...rest, metadata: { ...metadata, labels: { touched: 'true' } } });
    await pass('5 seconds');
    expect(state(store)).toBe('False LeaseExpired');
  });

  it('that is unready of itself keeps its own reason, and goes in the end all the same', async () => {
    await using running = await registered();
    const { store, put, pass, renew } = running;
    await put(pod({ conditions: [ready('False', 'Draining')] }));
    await pass('15 seconds');
    expect(state(store)).toBe('False Draining');
    await renew();
    expect(state(store)).toBe('False Draining');
    await pass('20 seconds');
    expect(state(store)).toBe('gone');
  });

  it('that says it is ready after its Lease ran out is unready at once', async () => {
    await using running = await registered();
    const { store, put, pass } = running;
    await pass('15 seconds');
    await put(pod());
    expect(state(store)).toBe('False LeaseExpired');
  });

  it('without conditions counts as ready until the Lease runs out', async () => {
    await using running = await registered();
    const { store, put, pass } = running;
    const { status: _, ...rest } = pod();
    await put({ ...rest, status: { phase: 'Running' } });
    await pass('10 seconds');
    expect(state(store)).toBe('False LeaseExpired');
  });

  it('goes only when its finalizers are gone', async () => {
    await using running = await registered();
    const { store, put, pass } = running;
    await put(pod({ metadata: { finalizers: ['example.com/drain'] } }));
    await pass('60 seconds');
    expect(getPod(store)?.metadata).toMatchObject({
      deletionTimestamp: '2026-03-01T12:00:20Z',
      finalizers: ['example.com/drain'],
    });
    expect(state(store)).toBe('False LeaseExpired');
    expect(getLease(store)).toBeUndefined();
  });

  it('runs out as it would have where its Lease is deleted', async () => {
    await using running = await registered();
    const { store, pass } = running;
    await pass('4 seconds');
    store.commit([
      { delete: { resource: 'leases.coordination.k8s.io', namespace: 'shop', name: 'web-1' } },
    ]);
    await pass(5_999);
    expect(state(store)).toBe('True');
    await pass(1);
    expect(state(store)).toBe('False LeaseExpired');
  });
});

describe('a Pod whose Lease does not exist', () => {
  it('lives for 30 seconds from its creation, then turns unready, then goes', async () => {
    await using running = await run();
    const { store, put, pass } = running;
    await put(pod());
    await pass(29_999);
    expect(state(store)).toBe('True');
    await pass(1);
    expect(state(store)).toBe('False LeaseExpired');
    await pass('30 seconds');
    expect(state(store)).toBe('gone');
  });
});

describe('a Pod of a token that registers', () => {
  const by = (name: string): object => ({ labels: { 'portolan.dev/registered-by': name } });
  const leaseBy = (name: string, renewed: number): NewObject => {
    const { metadata, ...rest } = lease(renewed);
    return { ...rest, metadata: { ...metadata, ...by(name) } };
  };
  const podBy = (name: string): NewObject => {
    const { metadata, ...rest } = pod();
    return { ...rest, metadata: { ...metadata, ...by(name) } };
  };

  it('lives by its own Lease, and takes it along', async () => {
    await using running = await run({ objects: [podBy('a'), leaseBy('a', START)] });
    const { store, pass } = running;
    await pass('15 seconds');
    expect(state(store)).toBe('False LeaseExpired');
    await pass('5 seconds');
    expect([state(store), getLease(store)]).toEqual(['gone', undefined]);
  });

  it("neither lives by somebody else's, made after it, nor takes that along", async () => {
    await using running = await run({ objects: [podBy('a')] });
    const { store, pass, put } = running;
    for (let turn = 1; turn <= 12; turn += 1) {
      await put(leaseBy('b', START + turn));
      await pass('5 seconds');
    }
    expect(state(store)).toBe('gone');
    expect(getLease(store)).toBeDefined();
    expect(nextExpiry(store, START)).toBeUndefined();
  });
});

describe('a Pod that says itself when its Lease ran out', () => {
  it.each([iso(START + 1e12), '9999-12-31T23:59:59Z'])(
    'goes no later for saying %s',
    async (lastTransitionTime) => {
      const conditions = [{ ...ready('False', 'LeaseExpired'), lastTransitionTime }];
      await using running = await registered();
      const { store, put, pass } = running;
      await pass('10 seconds');
      await put(pod({ conditions }));
      await pass('20 seconds');
      expect(state(store)).toBe('gone');
    },
  );
});

describe('other objects', () => {
  it('are left alone: Pods without the annotation, synced Pods, and Leases of no Pod', async () => {
    await using running = await registered();
    const { store, put, pass } = running;
    const unleased = pod({ name: 'unleased', metadata: { annotations: {} } });
    const annotations = { 'portolan.dev/lease': 'synced', 'portolan.dev/source': 'cluster' };
    const synced = pod({ name: 'synced', metadata: { annotations } });
    await put(unleased, synced, lease(START, { name: 'leader', seconds: 1 }));
    await pass('1 day');
    expect(store.list('pods').map(({ metadata }) => metadata.name)).toEqual(['synced', 'unleased']);
    expect(getLease(store, 'leader')).toBeDefined();
  });

  it('a Pod that no longer names a Lease lives on', async () => {
    await using running = await registered();
    const { store, put, pass } = running;
    await put(pod({ metadata: { annotations: {} } }));
    await pass('1 hour');
    expect(state(store)).toBe('True');
  });

  it('several Pods live by one Lease', async () => {
    await using running = await registered();
    const { store, put, pass, renew } = running;
    await put(pod({ name: 'web-2' }));
    await pass('10 seconds');
    expect([state(store), state(store, 'web-2')]).toEqual([
      'False LeaseExpired',
      'False LeaseExpired',
    ]);
    await renew();
    expect([state(store), state(store, 'web-2')]).toEqual([
      'True LeaseRenewed',
      'True LeaseRenewed',
    ]);
  });
});

describe('when a control plane starts', () => {
  const old = START - 3_600_000;

  it('no Lease runs out before it held for its duration', async () => {
    await using running = await run({ objects: [pod({ created: old }), lease(old)] });
    const { store, pass } = running;
    await pass(9_999);
    expect(state(store)).toBe('True');
    await pass(1);
    expect(state(store)).toBe('False LeaseExpired');
    await pass('10 seconds');
    expect(state(store)).toBe('gone');
  });

  it('a Pod whose Lease ran out before is not ready, and does not go before a duration', async () => {
    const conditions = [
      { ...ready('False', 'LeaseExpired'), lastTransitionTime: iso(old + 10_000) },
    ];
    await using running = await run({
      objects: [pod({ created: old, conditions }), lease(old)],
    });
    const { store, pass, renew } = running;
    await pass(9_999);
    expect(state(store)).toBe('False LeaseExpired');
    await renew();
    expect(state(store)).toBe('True LeaseRenewed');
  });

  it('a Pod whose renewal was not heard of is ready again', async () => {
    const conditions = [
      { ...ready('False', 'LeaseExpired'), lastTransitionTime: iso(START - 5000) },
    ];
    await using running = await run({
      objects: [pod({ created: old, conditions }), lease(START - 2000)],
    });
    const { store } = running;
    expect(state(store)).toBe('True LeaseRenewed');
  });

  it('that was merely asleep, what is due is done at once', async () => {
    await using running = await run({
      since: 0,
      objects: [
        pod({ created: old }),
        lease(START - 10_000),
        pod({ name: 'web-2', leaseName: 'web-2', created: old }),
        lease(START - 20_000, { name: 'web-2' }),
      ],
    });
    const { store } = running;
    expect([state(store), state(store, 'web-2')]).toEqual(['False LeaseExpired', 'gone']);
  });
});

describe('the time of the next step', () => {
  it('is known beforehand, and nothing is left to do once no Pod is left', async () => {
    await using running = await registered();
    const { store, pass } = running;
    expect(nextExpiry(store, START)).toBe(START + 10_000);
    await pass('12 seconds');
    expect(nextExpiry(store, START + 12_000)).toBe(START + 20_000);
    await pass('8 seconds');
    expect(nextExpiry(store, START + 20_000)).toBeUndefined();
  });

  it('goes by when the API kept the renewal, however wrong the clock of the client is', () => {
    const store = openStore();
    const { metadata, ...rest } = lease(START - 3_600_000);
    const managedFields = [
      { manager: 'kubectl', time: iso(START + 60_000), fieldsV1: { 'f:metadata': {} } },
      { manager: 'web-1', time: iso(START), fieldsV1: { 'f:spec': { 'f:renewTime': {} } } },
    ];
    store.commit([{ put: pod() }, { put: { ...rest, metadata: { ...metadata, managedFields } } }]);
    // The time is kept in whole seconds: it may have been at the end of that one.
    expect(nextExpiry(store, START + 5000)).toBe(START + 11_000);
  });

  it('may come sooner by new Pods and Leases, by shorter and by deleted ones, and not by renewals', () => {
    const store = openStore();
    const hastens = (write: Write): readonly boolean[] =>
      store.commit([write]).map(mayHastenExpiry);
    expect(hastens({ put: pod() })).toEqual([true]);
    expect(hastens({ put: pod({ name: 'given', metadata: { annotations: {} } }) })).toEqual([
      false,
    ]);
    expect(hastens({ put: lease(START) })).toEqual([true]);
    expect(hastens({ put: lease(START + 1000) })).toEqual([false]);
    expect(hastens({ put: lease(START + 1000, { seconds: 5 }) })).toEqual([true]);
    const ref = { resource: 'leases.coordination.k8s.io', namespace: 'shop', name: 'web-1' };
    expect(hastens({ delete: ref })).toEqual([true]);
  });

  it('is now where it has passed', () => {
    const store = openStore();
    store.commit([{ put: pod() }, { put: lease(START) }]);
    expect(nextExpiry(store, START + 15_000)).toBe(START + 15_000);
  });
});

describe('whatever clients do', () => {
  const durations: Readonly<Record<string, number>> = { a: 3000, b: 7000, c: 11_000 };

  const renewal = record({
    wait: integer({ min: 1, max: 12_000 }),
    name: constantFrom('a', 'b', 'c'),
  });

  /** What a Pod is that was renewed so long ago. */
  const expected = (ago: number, duration: number): string => {
    if (ago >= 2 * duration) return 'gone';
    return ago < duration ? 'True' : 'False';
  };

  it('each Pod is as the times of its renewals say', async () => {
    await assert(
      asyncProperty(array(renewal, { maxLength: 30 }), async (steps) => {
        await using running = await run();
        const { store, pass, put } = running;
        const renewed = new Map<string, number>();
        let now = START;
        for (const { wait, name } of steps) {
          await pass(wait);
          now += wait;
          for (const [each, time] of renewed) {
            const wanted = expected(now - time, durations[each] ?? 0);
            expect(state(store, each).split(' ')[0]).toBe(wanted);
            if (wanted === 'gone') renewed.delete(each);
          }
          const created = renewed.has(name) ? [] : [pod({ name, leaseName: name, created: now })];
          const seconds = (durations[name] ?? 0) / 1000;
          await put(...created, lease(now, { name, seconds }));
          renewed.set(name, now);
        }
      }),
    );
  });
});
