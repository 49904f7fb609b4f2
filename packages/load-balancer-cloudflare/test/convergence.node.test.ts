import type { Provision } from '@portolan/control-plane';
import type { Node, Service } from '@portolan/core';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import type { CloudflareLoadBalancersOptions } from '../src/index.ts';
import { node, providerOf, web } from './services.ts';
import type { Item } from './stand-in/rules.ts';
import { startStandIn } from './stand-in/stand-in.ts';
import type { Fault, StandIn } from './stand-in/stand-in.ts';

const names = ['shop.example.com', 'new.example.com', 'www.example.com', 'buy.example.com'];

const services: fc.Arbitrary<Service> = fc
  .record({
    hostname: fc.constantFrom(...names, '', 'shop.example.net'),
    aliases: fc.subarray(names),
    ports: fc.subarray(
      [
        { name: 'http', port: 80, nodePort: 30_080, targetPort: 8080 },
        { name: 'https', port: 443, nodePort: 30_443, targetPort: 8080 },
        { name: 'admin', port: 8443, nodePort: 30_843, targetPort: 9090 },
        { name: 'dns', port: 53, nodePort: 30_053, protocol: 'UDP' as const },
      ],
      { minLength: 1 },
    ),
    isLocal: fc.boolean(),
    isSticky: fc.boolean(),
    ranges: fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, fc.constant(['198.51.100.0/24'])),
  })
  .map(({ hostname, aliases, ports, isLocal, isSticky, ranges }) =>
    web(
      {
        ports,
        loadBalancerSourceRanges: ranges,
        ...(isLocal && { externalTrafficPolicy: 'Local', healthCheckNodePort: 31_000 }),
        ...(isSticky && { sessionAffinity: 'ClientIP' }),
      },
      {
        'portolan.dev/load-balancer-hostname': hostname,
        'portolan.dev/load-balancer-aliases': aliases.join(','),
      },
    ),
  );

const nodeSets: fc.Arbitrary<readonly Node[]> = fc.subarray([
  node('a', '203.0.113.1'),
  node('b', '203.0.113.2', '2001:db8::2'),
  node('c'),
]);

/** Where a run ends: at its n-th call that writes, before or after that is done. */
const crashes = fc.option(fc.record({ at: fc.nat({ max: 8 }), isDone: fc.boolean() }), {
  nil: undefined,
});
type Crash = { readonly at: number; readonly isDone: boolean };

function faultOf({ at, isDone }: Crash): NonNullable<StandIn['fault']> {
  let count = 0;
  return ({ method }): Fault | undefined => {
    if (method === 'GET') return undefined;
    count += 1;
    if (count <= at) return undefined;
    // Dead from there on.
    return { cut: isDone && count === at + 1 ? 'after it is done' : 'before it is done' };
  };
}

/** Things of others: by hand, by another control plane, by us for a Service whose name begins alike. */
const foreigners = fc.subarray(
  [
    (standIn: StandIn) =>
      void standIn.add('dns_records', {
        name: 'www.example.com',
        type: 'A',
        content: '203.0.113.99',
        ttl: 1,
      }),
    (standIn: StandIn) =>
      void standIn.add('dns_records', {
        name: 'old.example.com',
        type: 'CNAME',
        content: 'shop.example.com',
        ttl: 1,
        comment: 'portolan/default/shop/web2',
      }),
    ...['portolan/other/shop/web', 'portolan/default/shop/web2', 'by hand'].map(
      (mark, index) => (standIn: StandIn) => {
        const description = `${mark}/80`;
        const monitor = standIn.add('monitors', { type: 'tcp', port: 80, description });
        const origins = [{ name: 'x', address: '203.0.113.98' }];
        const pool = { name: `pool-${index}`, description, origins, monitor: monitor.id };
        const { id } = standIn.add('pools', pool);
        standIn.add('load_balancers', {
          name: `${['shop', 'other', 'buy'][index]}.example.com`,
          description: mark,
          default_pools: [id],
          fallback_pool: id,
        });
      },
    ),
  ],
  { maxLength: 5 },
);

function snapshot(standIn: StandIn): Item[] {
  return Object.values(standIn.state).flatMap((items) => [...items.values()]);
}

/** What is there besides what others have, in short. */
function oursIn(standIn: StandIn, foreign: readonly Item[]): string[] {
  return snapshot(standIn)
    .filter((item) => !foreign.includes(item))
    .map((item) => String(item['content'] ?? item['type'] ?? item['name']))
    .toSorted();
}

/** A monitor, a pool and a load balancer, and a record for every other name that nobody else has. */
function expectedOf(
  { metadata, spec }: Service,
  { ingress: [ingress] }: Provision,
  foreign: readonly Item[],
): string[] {
  if (ingress?.hostname === undefined) return [];
  const { hostname, ports = [] } = ingress;
  const aliases = metadata.annotations?.['portolan.dev/load-balancer-aliases'] ?? '';
  const taken = new Set(foreign.map(({ name }) => name));
  const records = aliases
    .split(',')
    .filter((name) => name !== '' && name !== hostname && !taken.has(name));
  const port = ports.find(({ error }) => error === undefined)?.port;
  return [
    spec.externalTrafficPolicy === 'Local' ? 'http' : 'tcp',
    `portolan_default_shop_web_${port}`,
    hostname,
    ...records.map(() => hostname),
  ].toSorted();
}

it('from wherever it was left, ensure ends with what is asked for, does nothing the second time, touches nothing of others, and release leaves nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      foreigners,
      fc.array(fc.tuple(services, nodeSets, crashes), { minLength: 1, maxLength: 4 }),
      fc.tuple(services, nodeSets),
      crashes,
      async (others, earlier, [service, nodes], crash) => {
        await using standIn = await startStandIn();
        for (const add of others) add(standIn);
        const foreign = snapshot(standIn);
        const signal = new AbortController().signal;
        const options: Partial<CloudflareLoadBalancersOptions> = { maxRetries: 0 };
        const provider = providerOf(standIn, options);

        for (const [wanted, given, end] of earlier) {
          standIn.fault = end && faultOf(end);
          await provider.ensure({ service: wanted, nodes: given, signal }).catch(() => undefined);
          expect(snapshot(standIn)).toEqual(expect.arrayContaining(foreign));
        }

        standIn.fault = undefined;
        const provision = await provider.ensure({ service, nodes, signal });
        expect(oursIn(standIn, foreign)).toEqual(expectedOf(service, provision, foreign));

        standIn.seen.length = 0;
        expect(await provider.ensure({ service, nodes, signal })).toEqual(provision);
        expect(standIn.seen.filter(({ method }) => method !== 'GET')).toEqual([]);

        standIn.fault = crash && faultOf(crash);
        await provider.release({ service, signal }).catch(() => undefined);
        standIn.fault = undefined;
        await provider.release({ service, signal });
        expect(snapshot(standIn)).toEqual(foreign);
      },
    ),
    { numRuns: 60, seed: 6 },
  );
});

/** The names that lead to a pool with origins: a load balancer's, and those of records that lead to one. */
function served(standIn: StandIn): ReadonlySet<string> {
  const { load_balancers, dns_records } = standIn.state;
  const balancers = new Set([...load_balancers.values()].map(({ name }) => String(name)));
  const records = [...dns_records.values()].filter(({ content }) => balancers.has(String(content)));
  return new Set([...balancers, ...records.map(({ name }) => String(name))]);
}

it('from one wish to another every call that writes is taken, and a name that both have is served all the while', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(services, nodeSets), { minLength: 2, maxLength: 5 }),
      async (wishes) => {
        await using standIn = await startStandIn();
        const provider = providerOf(standIn);
        const signal = new AbortController().signal;
        for (const [service, nodes] of wishes) {
          const steps = [served(standIn)];
          standIn.fault = () => void steps.push(served(standIn));
          await provider.ensure({ service, nodes, signal });
          const after = served(standIn);
          const lasting = [...(steps[0] ?? [])].filter((name) => after.has(name));
          expect(lasting.filter((name) => !steps.every((step) => step.has(name)))).toEqual([]);
        }
        expect(standIn.seen.filter(({ status }) => status !== 200)).toEqual([]);
      },
    ),
    { numRuns: 60, seed: 6 },
  );
});
