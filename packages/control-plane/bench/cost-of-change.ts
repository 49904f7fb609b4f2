/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
/**
 * What one Pod's change costs on its whole way: from its commit to the store until the Snapshot that knows of it is handed out,
 * and until its EndpointSlice says it too. Ever more Services share as many endpoints in all; one more Service of ten
 * endpoints, the same each time, is the one whose Pods change.
 *
 *     node --expose-gc packages/control-plane/bench/cost-of-change.ts
 */
import { openStore, type NewObject, type Store } from '@portolan/store';

import { createControlPlane, type ControlPlane } from '../src/index.ts';
import { pod, service } from '../test/objects.ts';

const SIZES = [100, 1000, 10_000];
const ENDPOINTS = 100_000;
const CHANGES = 400;

function objects(services: number): readonly NewObject[] {
  const place = (index: number): { readonly namespace: string } => ({
    namespace: `team-${index % 50}`,
  });
  return [
    service('probe', { selector: { app: 'probe' }, clusterIP: '10.255.0.1' }),
    ...Array.from({ length: 10 }, (_, index) => probe(index, true)),
    ...Array.from({ length: services }, (_, index) =>
      service(
        `service-${index}`,
        { selector: { app: `app-${index}` }, clusterIP: `10.96.${index >> 8}.${index & 255}` },
        place(index),
      ),
    ),
    ...Array.from({ length: ENDPOINTS }, (_, index) =>
      pod(`pod-${index}`, {
        ip: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
        labels: { app: `app-${index % services}` },
        metadata: place(index % services),
      }),
    ),
  ];
}

function probe(index: number, ready: boolean): NewObject {
  return pod(`probe-${index}`, { ip: `10.200.0.${index}`, labels: { app: 'probe' }, ready });
}

/** Megabytes in use once what nobody needs is gone, as far as that can be asked for. */
function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}

/** Every second change takes back what the one before it did. */
async function change(
  store: Store,
  controlPlane: ControlPlane,
  turn: number,
): Promise<{ readonly snapshot: number; readonly slice: number }> {
  const published = new Promise<number>((resolve) => {
    const end = controlPlane.subscribe(() => {
      end();
      resolve(performance.now());
    });
  });
  const begun = performance.now();
  store.commit([{ put: probe((turn >> 1) % 10, turn % 2 === 1) }]);
  const snapshot = await published;
  await controlPlane.settled();
  return { snapshot: snapshot - begun, slice: performance.now() - begun };
}

async function measure(services: number): Promise<Readonly<Record<string, number>>> {
  const store = openStore();
  const all = objects(services);
  for (let index = 0; index < all.length; index += 1000) {
    store.commit(all.slice(index, index + 1000).map((put) => ({ put })));
  }
  const before = memory();
  const begun = performance.now();
  const controlPlane = createControlPlane({ store, tokens: [], holdoff: { quiet: 0, maximum: 0 } });
  const first = performance.now() - begun;
  await controlPlane.settled();
  const started = performance.now() - begun;
  const running = memory();
  for (let turn = 0; turn < CHANGES / 2; turn += 1) await change(store, controlPlane, turn);
  const taken: { readonly snapshot: number; readonly slice: number }[] = [];
  for (let turn = 0; turn < CHANGES; turn += 1) taken.push(await change(store, controlPlane, turn));
  const after = memory();
  await controlPlane.close();
  store.close();
  return {
    'write to Snapshot, ms': quantile(
      taken.map(({ snapshot }) => snapshot),
      0.5,
    ),
    'of 100 the slowest, ms': quantile(
      taken.map(({ snapshot }) => snapshot),
      0.99,
    ),
    'write to slice, ms': quantile(
      taken.map(({ slice }) => slice),
      0.5,
    ),
    'first Snapshot, ms': first,
    'all slices, ms': started,
    'beside the objects, MB': running - before,
    '100 Snapshots kept, MB': after - running,
  };
}

const results: [number, Readonly<Record<string, number>>][] = [];
for (const services of SIZES) results.push([services, await measure(services)]);
const base = results[0]?.[1] ?? {};
// oxlint-disable-next-line no-console -- this is what it is run for
console.table(
  results.map(([services, values]) => ({
    Services: services,
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const ratio = value / (base[name] ?? NaN);
        return [name, `${value.toPrecision(3)} (×${ratio.toPrecision(2)})`];
      }),
    ),
  })),
);
