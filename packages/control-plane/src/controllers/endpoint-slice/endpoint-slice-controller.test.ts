import { defaultServiceTypes } from '@portolan/compile';
import {
  createServiceTypeRegistry,
  endpointSetsFromPods,
  endpointSetsFromSlices,
  hasSelector,
  matchesSelector,
  selectorFromLabels,
  type EndpointSet,
} from '@portolan/core';
import type { Store } from '@portolan/store';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';

import { controlled, type Running } from '../../../test/controlled.ts';
import { object, pod, put, remove, service } from '../../../test/objects.ts';
import { isStored, type Stored } from '../../store/stored-resource.ts';
import { endpointSliceController } from './endpoint-slice-controller.ts';

const SLICES = 'endpointslices.discovery.k8s.io';
const registry = createServiceTypeRegistry(defaultServiceTypes());

const open: Running[] = [];

function start(): Running {
  const run = controlled((store) => [endpointSliceController(store, registry)]);
  open.push(run);
  return run;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

function slicesIn(store: Store): readonly Stored<'EndpointSlice'>[] {
  return store.list(SLICES).filter((each) => isStored(each, 'EndpointSlice'));
}

function namesIn(store: Store): readonly string[] {
  return slicesIn(store).map(({ metadata }) => metadata.name);
}

describe('the EndpointSlice of a Service', () => {
  it('has the Pods that it selects, as a cluster writes it', async () => {
    const { store, settled } = start();
    const zone = { 'topology.kubernetes.io/zone': 'a' };
    put(
      store,
      object('v1', 'Node', { name: 'n1', labels: zone }),
      pod('cart-1', { nodeName: 'n1' }),
      pod('till-1', { labels: { app: 'till' } }),
      service('cart', {}, { labels: { team: 'shop' } }),
    );
    await settled();
    expect(slicesIn(store)).toMatchObject([
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: expect.stringMatching(/^cart-[b-z2-9]{5}$/u),
          namespace: 'shop',
          generation: 1,
          labels: {
            team: 'shop',
            'kubernetes.io/service-name': 'cart',
            'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          },
          ownerReferences: [
            {
              apiVersion: 'v1',
              kind: 'Service',
              name: 'cart',
              uid: 'uid-of-Service-cart',
              controller: true,
              blockOwnerDeletion: true,
            },
          ],
        },
        addressType: 'IPv4',
        ports: [{ name: 'http', protocol: 'TCP', port: 8080 }],
        endpoints: [
          {
            addresses: ['10.0.0.1'],
            conditions: { ready: true, serving: true, terminating: false },
            nodeName: 'n1',
            zone: 'a',
            targetRef: {
              kind: 'Pod',
              namespace: 'shop',
              name: 'cart-1',
              uid: 'uid-of-Pod-cart-1',
            },
          },
        ],
      },
    ]);
  });

  it('is there without endpoints and ports while there are no Pods, and then is the same one', async () => {
    const { store, settled } = start();
    put(store, service());
    await settled();
    const before = slicesIn(store);
    expect(before).toMatchObject([{ addressType: 'IPv4', endpoints: [], ports: [] }]);
    put(store, pod('cart-1'));
    await settled();
    expect(slicesIn(store)).toMatchObject([
      { metadata: { uid: before[0]?.metadata.uid, generation: 2 }, ports: [{ port: 8080 }] },
    ]);
  });

  it("follows a Pod's readiness, deletion and labels, and the zone of its Node", async () => {
    const { store, settled } = start();
    const endpoints = (): unknown => slicesIn(store)[0]?.endpoints;
    put(store, service(), pod('cart-1', { nodeName: 'n1', ready: false }));
    await settled();
    expect(endpoints()).toMatchObject([{ conditions: { ready: false, serving: false } }]);
    put(
      store,
      object('v1', 'Node', { name: 'n1', labels: { 'topology.kubernetes.io/zone': 'b' } }),
    );
    await settled();
    expect(endpoints()).toMatchObject([{ zone: 'b' }]);
    const deletionTimestamp = '2026-11-23T12:00:30Z';
    put(store, pod('cart-1', { metadata: { deletionTimestamp } }));
    await settled();
    expect(endpoints()).toMatchObject([
      { conditions: { ready: false, serving: true, terminating: true } },
    ]);
    put(store, pod('cart-1', { labels: { app: 'till' } }));
    await settled();
    expect(endpoints()).toEqual([]);
  });

  it('is not written again where nothing in it changes', async () => {
    const { store, settled } = start();
    put(store, service(), pod('cart-1'));
    await settled();
    const revision = store.revision();
    put(store, pod('cart-1', { metadata: { annotations: { note: 'nothing' } } }));
    await settled();
    expect(store.revision()).toBe(revision + 1);
  });

  it('is restored where somebody changed or deleted it', async () => {
    const { store, settled } = start();
    put(store, service(), pod('cart-1'));
    await settled();
    const [slice] = slicesIn(store);
    if (slice === undefined) throw new Error('no slice');
    put(store, { ...slice, endpoints: [] });
    await settled();
    expect(slicesIn(store)).toMatchObject([{ endpoints: [{ addresses: ['10.0.0.1'] }] }]);
    remove(store, SLICES, slice.metadata.name);
    await settled();
    expect(namesIn(store)).toEqual([slice.metadata.name]);
  });

  it('goes with the Service, and with its selector', async () => {
    const { store, settled } = start();
    put(store, service('cart'), service('till'), pod('cart-1'));
    await settled();
    expect(namesIn(store)).toHaveLength(2);
    remove(store, 'services', 'cart');
    put(store, service('till', { selector: {} }));
    await settled();
    expect(namesIn(store)).toEqual([]);
  });

  it('belongs to the Service that took the name of another one', async () => {
    const { store, settled } = start();
    put(store, service(), pod('cart-1'));
    await settled();
    remove(store, 'services', 'cart');
    put(store, service('cart', {}, { uid: 'another' }));
    await settled();
    expect(slicesIn(store)).toMatchObject([
      { metadata: { ownerReferences: [{ uid: 'another' }] } },
    ]);
  });

  it('has not ready Pods as ready where the Service publishes them', async () => {
    const { store, settled } = start();
    put(store, service('cart', { publishNotReadyAddresses: true }));
    put(store, pod('cart-1', { ready: false }));
    await settled();
    expect(slicesIn(store)).toMatchObject([
      { endpoints: [{ conditions: { ready: true, serving: false } }] },
    ]);
  });

  it('of a headless Service says so, and has endpoints even without ports', async () => {
    const { store, settled } = start();
    const headless = { clusterIP: 'None', ports: undefined };
    put(store, service('cart', headless), pod('cart-1'));
    await settled();
    expect(slicesIn(store)).toMatchObject([
      {
        metadata: { labels: { 'service.kubernetes.io/headless': '' } },
        ports: [],
        endpoints: [{ addresses: ['10.0.0.1'] }],
      },
    ]);
  });

  it('is one for each address family', async () => {
    const { store, settled } = start();
    const dual = pod('cart-1');
    put(store, service('cart', { ipFamilies: ['IPv4', 'IPv6'] }), {
      ...dual,
      status: { podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] },
    });
    await settled();
    const byType = new Map(
      slicesIn(store).map(({ addressType, endpoints }) => [addressType, endpoints]),
    );
    expect(byType.get('IPv4')).toMatchObject([{ addresses: ['10.0.0.1'] }]);
    expect(byType.get('IPv6')).toMatchObject([{ addresses: ['fd00::1'] }]);
  });
});

describe('no EndpointSlice', () => {
  it('is made for a Service without a selector, of type ExternalName, or that was synced from elsewhere', async () => {
    const { store, settled } = start();
    put(
      store,
      pod('cart-1'),
      service('by-hand', { selector: undefined }),
      service('outside', {
        type: 'ExternalName',
        externalName: 'cart.example',
        clusterIP: undefined,
      }),
      service('synced', {}, { annotations: { 'portolan.dev/source': 'prod' } }),
    );
    await settled();
    expect(namesIn(store)).toEqual([]);
  });

  it('of another manager is touched', async () => {
    const { store, settled } = start();
    const by = (manager: string, annotations = {}): Parameters<typeof put>[1] =>
      object(
        'discovery.k8s.io/v1',
        'EndpointSlice',
        {
          name: `cart-${manager.split('.')[0]}`,
          namespace: 'shop',
          annotations,
          labels: {
            'kubernetes.io/service-name': 'cart',
            'endpointslice.kubernetes.io/managed-by': manager,
          },
        },
        { addressType: 'IPv4', endpoints: [{ addresses: ['10.9.9.9'] }], ports: [{ port: 1 }] },
      );
    put(
      store,
      by('by-hand.example'),
      by('endpointslice-controller.k8s.io', { 'portolan.dev/source': 'prod' }),
    );
    const before = slicesIn(store);
    put(store, service(), pod('cart-1'));
    await settled();
    remove(store, 'services', 'cart');
    await settled();
    expect(slicesIn(store)).toEqual(before);
  });
});

describe('after any sequence of writes', () => {
  const label = fc.constantFrom<Readonly<Record<string, string>>>(
    { app: 'cart' },
    { app: 'till' },
    { app: 'cart', track: 'canary' },
  );
  const rarely = fc.nat(3).map((number) => number === 0);
  const podWrite = fc.record({
    kind: fc.constant('pod' as const),
    name: fc.nat(5).map((index) => `pod-${index}`),
    isGone: rarely,
    ip: fc.nat(5).map((index) => `10.0.0.${index + 1}`),
    ready: fc.boolean(),
    port: fc.constantFrom(8080, 8081),
    labels: label,
    nodeName: fc.constantFrom('n1', 'n2'),
  });
  const serviceWrite = fc.record({
    kind: fc.constant('service' as const),
    name: fc.constantFrom('cart', 'till'),
    isGone: rarely,
    selector: fc.option(label, { nil: undefined, freq: 9 }),
    ports: fc.constantFrom(
      [{ name: 'http', port: 80, targetPort: 8080 }],
      [{ name: 'http', port: 80, targetPort: 'web' }],
      [
        { name: 'http', port: 80, targetPort: 'web' },
        { name: 'metrics', port: 9090 },
      ],
    ),
  });
  const nodeWrite = fc.record({
    kind: fc.constant('node' as const),
    name: fc.constantFrom('n1', 'n2'),
    zone: fc.constantFrom('a', 'b'),
  });
  const settle = fc.constant({ kind: 'settle' as const });
  type Step = typeof podWrite | typeof serviceWrite | typeof nodeWrite | typeof settle;
  type Value = Step extends fc.Arbitrary<infer T> ? T : never;

  const apply = (store: Store, step: Value): void => {
    if (step.kind === 'pod') {
      if (step.isGone) remove(store, 'pods', step.name);
      else put(store, pod(step.name, step));
    } else if (step.kind === 'service') {
      if (step.isGone) remove(store, 'services', step.name);
      else put(store, service(step.name, { selector: step.selector, ports: step.ports }));
    } else if (step.kind === 'node') {
      const labels = { 'topology.kubernetes.io/zone': step.zone };
      put(store, object('v1', 'Node', { name: step.name, labels }));
    }
  };
  const expected = (store: Store, of: Stored<'Service'>): readonly EndpointSet[] => {
    const selector = selectorFromLabels(of.spec.selector ?? {});
    const pods = store
      .list('pods')
      .filter((each) => isStored(each, 'Pod'))
      .filter(
        ({ metadata }) => hasSelector(of) && matchesSelector(selector, metadata.labels ?? {}),
      );
    const nodes = store.list('nodes').filter((each) => isStored(each, 'Node'));
    return endpointSetsFromPods(of, pods, new Map(nodes.map((node) => [node.metadata.name, node])));
  };

  it('the slices are those that follow from Pods and Services, and nothing is left behind', async () => {
    const steps = fc.array(
      fc.oneof(
        { arbitrary: podWrite, weight: 6 },
        { arbitrary: serviceWrite, weight: 2 },
        nodeWrite,
        { arbitrary: settle, weight: 3 },
      ),
      { maxLength: 40, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const { store, settled, warnings, close } = start();
        for (const step of given) {
          if (step.kind === 'settle') await settled();
          else apply(store, step);
        }
        await settled();
        await close();
        const slices = slicesIn(store);
        const services = store.list('services').filter((each) => isStored(each, 'Service'));
        for (const each of services) {
          expect(endpointSetsFromSlices(each, slices)).toEqual(expected(store, each));
        }
        const owners = services.filter(hasSelector).map(({ metadata }) => metadata.name);
        const served = slices.map(
          ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'],
        );
        expect(new Set(served)).toEqual(new Set(owners));
        expect(warnings).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
