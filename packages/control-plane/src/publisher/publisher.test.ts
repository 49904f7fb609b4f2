import { defaultRouteProviders, defaultServiceTypes } from '@portolan/compile';
import { applyDelta, createEngine, findService, type Snapshot } from '@portolan/engine';
import { openStore } from '@portolan/store';
import * as Effect from 'effect/Effect';
import * as Stream from 'effect/Stream';
import { afterEach, describe, expect, it } from 'vitest';

import { running, type Running } from '../../test/controlled.ts';
import { ingress, object, pod, put, remove, service } from '../../test/objects.ts';
import { Publisher, publisherLayer, type PublisherOptions } from './publisher.ts';

const serviceTypes = defaultServiceTypes();
const engine = createEngine({ serviceTypes, routeProviders: defaultRouteProviders() });

const open: Running[] = [];

/** A publisher over a store that has a Service and a Pod. */
function start(
  options: Partial<PublisherOptions> = {},
): Running & { readonly publisher: Publisher } {
  const store = openStore();
  put(store, service(), pod('cart-1'));
  const run = running(publisherLayer({ engine, ...options }), store);
  open.push(run);
  return { ...run, publisher: run.run(Publisher) };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

function readyPods(snapshot: Snapshot): readonly (string | undefined)[] {
  const [port] = findService(snapshot, 'shop/cart')?.ports ?? [];
  return (port?.endpoints ?? []).filter(({ ready }) => ready).map(({ target }) => target?.name);
}

describe('a Snapshot', () => {
  it('is there at once, of what the store holds', () => {
    expect(readyPods(start().publisher.snapshot())).toEqual(['cart-1']);
  });

  it("follows a Pod's readiness", async () => {
    const { publisher, store, settled, adjust } = start();
    put(store, pod('cart-1', { ready: false }));
    await adjust(200);
    expect(readyPods(publisher.snapshot())).toEqual([]);
    put(store, pod('cart-1'));
    const isSettled = settled();
    await adjust(200);
    await isSettled;
    expect(readyPods(publisher.snapshot())).toEqual(['cart-1']);
  });

  it('is not made where what has changed does not matter for routing', async () => {
    const { publisher, store, adjust } = start();
    const told: Snapshot[] = [];
    publisher.subscribe((snapshot) => told.push(snapshot));
    put(
      store,
      object('v1', 'ConfigMap', { name: 'colours', namespace: 'shop' }),
      object('v1', 'Secret', { name: 'password', namespace: 'shop' }),
      object('coordination.k8s.io/v1', 'Lease', { name: 'cart-1', namespace: 'shop' }),
      object('v1', 'Namespace', { name: 'shop' }),
      pod('cart-1', { metadata: { annotations: { note: 'nothing' } } }),
    );
    await adjust(1000);
    expect(told).toEqual([]);
  });

  it('does not wait for EndpointSlices to follow the Pods', async () => {
    const { publisher, store, adjust } = start();
    const labels = {
      'kubernetes.io/service-name': 'cart',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    };
    const owner = { apiVersion: 'v1', kind: 'Service', name: 'cart', uid: 'uid-of-Service-cart' };
    const ownerReferences = [{ ...owner, controller: true }];
    put(
      store,
      object(
        'discovery.k8s.io/v1',
        'EndpointSlice',
        { name: 'cart-1', namespace: 'shop', labels, ownerReferences },
        {
          addressType: 'IPv4',
          endpoints: [{ addresses: ['10.0.0.1'] }],
          ports: [{ name: 'http', port: 8080 }],
        },
      ),
    );
    remove(store, 'pods', 'cart-1');
    await adjust(200);
    expect(readyPods(publisher.snapshot())).toEqual([]);
  });

  it('is that of the good objects where a plugin throws for a bad one', async () => {
    const throwing = createEngine({
      serviceTypes,
      routeProviders: [
        ...defaultRouteProviders(),
        {
          routes: (resources) => {
            if (resources.some(({ metadata }) => metadata.name === 'bad')) throw new Error('!');
            return { routes: [], conditions: [] };
          },
        },
      ],
    });
    const { publisher, store, adjust, warnings } = start({ engine: throwing });
    put(store, ingress('bad'), ingress('good'), pod('cart-2', { ip: '10.0.0.2' }));
    await adjust(200);
    expect(publisher.snapshot().routes.sources).toEqual(['Ingress shop/good 2026-11-23T12:00:00Z']);
    expect(readyPods(publisher.snapshot())).toEqual(['cart-1', 'cart-2']);
    expect(warnings).toEqual(['publisher: Ingress shop/bad is left out: a plugin throws for it']);
    remove(store, 'ingresses.networking.k8s.io', 'good');
    await adjust(200);
    expect(publisher.snapshot().routes.sources).toEqual([]);
  });
});

describe('changes', () => {
  const holdoff = { quiet: 20, maximum: 200 };

  it('are gathered until it has been quiet for a while', async () => {
    const { publisher, store, adjust } = start({ holdoff });
    put(store, pod('cart-2', { ip: '10.0.0.2' }));
    await adjust(19);
    put(store, pod('cart-3', { ip: '10.0.0.3' }));
    await adjust(19);
    expect(readyPods(publisher.snapshot())).toEqual(['cart-1']);
    await adjust(1);
    expect(readyPods(publisher.snapshot())).toEqual(['cart-1', 'cart-2', 'cart-3']);
  });

  it('that never cease make a Snapshot all the same, no later than the maximum after the first', async () => {
    const { publisher, store, adjust } = start({ holdoff });
    let snapshots = 0;
    publisher.subscribe(() => (snapshots += 1));
    for (let turn = 0; turn < 10_000; turn += 1) {
      put(store, pod(`cart-${turn}`, { ip: `10.1.${turn >> 8}.${turn & 255}` }));
      if (turn % 100 === 99) await adjust(10);
    }
    expect(snapshots).toBe(5);
    await adjust(200);
    expect(readyPods(publisher.snapshot())).toHaveLength(10_000);
  });
});

describe('what has changed since a version', () => {
  const add = async ({ store, adjust }: Running, turn: number): Promise<void> => {
    put(store, pod(`cart-${turn}`, { ip: `10.0.1.${turn}` }));
    await adjust(200);
  };

  it('leads over several versions to the one that there is', async () => {
    const run = start();
    const first = run.publisher.snapshot();
    for (const turn of [1, 2, 3]) await add(run, turn);
    const delta = run.publisher.since(first.version);
    expect(delta && applyDelta(first, delta)).toEqual(run.publisher.snapshot());
  });

  it('is nothing where it is the last one', () => {
    const { publisher } = start();
    const { format, version } = publisher.snapshot();
    expect(publisher.since(version)).toEqual({ format, from: version, to: version });
  });

  it('is forgotten after so many versions, and not known of others', async () => {
    const run = start({ history: 3 });
    const versions: string[] = [];
    for (const turn of [1, 2, 3, 4, 5]) {
      versions.push(run.publisher.snapshot().version);
      await add(run, turn);
    }
    const known = versions.map((version) => run.publisher.since(version) !== undefined);
    expect(known).toEqual([false, false, false, true, true]);
    expect(run.publisher.since('0000000000000000')).toBeUndefined();
  });
});

describe('a listener', () => {
  const flip = async ({ store, adjust }: Running, ready: boolean): Promise<void> => {
    put(store, pod('cart-1', { ready }));
    await adjust(200);
  };

  it('is told of each new Snapshot until it ends it, and one that throws keeps nothing from others', async () => {
    const run = start();
    const told: string[] = [];
    run.publisher.subscribe(() => {
      throw new Error('no');
    });
    const end = run.publisher.subscribe(({ version }) => told.push(version));
    await flip(run, false);
    expect(told).toEqual([run.publisher.snapshot().version]);
    expect(run.warnings).toEqual(['publisher: a listener threw Error: no']);
    end();
    await flip(run, true);
    expect(told).toHaveLength(1);
  });

  it('by stream gets the Snapshot that there is, and then each new one', async () => {
    const run = start();
    const { snapshots } = run.publisher;
    const taken = Effect.runPromise(
      snapshots.pipe(Stream.map(readyPods), Stream.take(2), Stream.runCollect),
    );
    await flip(run, true);
    await flip(run, false);
    expect(await taken).toEqual([['cart-1'], []]);
  });
});
