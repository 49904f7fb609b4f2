import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Endpoint } from '../endpoint-set/endpoint-set.ts';
import type { TrafficClient } from './eligible-endpoints.ts';
import { eligibleEndpoints, excludedEndpoints } from './eligible-endpoints.ts';

let counter = 0;

function endpoint(parts: Partial<Endpoint> = {}): Endpoint {
  counter += 1;
  const isReady = parts.ready ?? true;
  return {
    address: `10.0.${counter >> 8}.${counter & 255}`,
    addressType: 'IPv4',
    port: 8080,
    ready: isReady,
    serving: isReady,
    terminating: false,
    ...parts,
  };
}

function hinted(node: string, zone: string): Endpoint {
  return endpoint({ nodeName: node, zone, hints: { forNodes: [node], forZones: [zone] } });
}

const cluster: TrafficClient = { trafficPolicy: 'Cluster', node: 'n1', zone: 'a' };
const local: TrafficClient = { trafficPolicy: 'Local', node: 'n1', zone: 'a' };
const draining = { ready: false, serving: true, terminating: true };
const gone = { ready: false, serving: false, terminating: true };

describe('with the policy Cluster', () => {
  it('every ready endpoint may be used, on whatever node', () => {
    const endpoints = [endpoint({ nodeName: 'n1' }), endpoint({ nodeName: 'n2' }), endpoint()];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual(endpoints);
    expect(excludedEndpoints(endpoints, cluster)).toEqual([]);
  });

  it('one that is not ready or terminates may not be used while another is ready', () => {
    const endpoints = [endpoint(), endpoint({ ready: false }), endpoint(draining)];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual([endpoints[0]]);
    expect(excludedEndpoints(endpoints, cluster)).toEqual([
      { endpoint: endpoints[1], reason: 'NotReady' },
      { endpoint: endpoints[2], reason: 'Terminating' },
    ]);
  });

  it('those that serve while they terminate may be used when none is ready', () => {
    const endpoints = [endpoint(draining), endpoint(gone), endpoint({ ready: false })];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual([endpoints[0]]);
    expect(excludedEndpoints(endpoints, cluster)).toEqual([
      { endpoint: endpoints[1], reason: 'Terminating' },
      { endpoint: endpoints[2], reason: 'NotReady' },
    ]);
  });

  it('one that serves but neither is ready nor terminates may not be used', () => {
    expect(eligibleEndpoints([endpoint({ ready: false, serving: true })], cluster)).toEqual([]);
  });

  it('a terminating one that is published as ready may be used', () => {
    const endpoints = [endpoint({ ...gone, ready: true }), endpoint()];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual(endpoints);
  });

  it('nobody may be used where there is nobody', () => {
    expect(eligibleEndpoints([], cluster)).toEqual([]);
    expect(excludedEndpoints([], cluster)).toEqual([]);
  });
});

describe('hints for zones', () => {
  const here = endpoint({ hints: { forZones: ['a'] } });
  const there = endpoint({ hints: { forZones: ['b'] } });
  const both = endpoint({ hints: { forZones: ['a', 'b'] } });

  it("narrow the endpoints to those meant for the client's zone", () => {
    expect(eligibleEndpoints([here, there, both], cluster)).toEqual([here, both]);
    expect(excludedEndpoints([here, there, both], cluster)).toEqual([
      { endpoint: there, reason: 'OtherZone' },
    ]);
  });

  it('are ignored when a ready endpoint has none', () => {
    const endpoints = [here, there, endpoint({ hints: { forZones: [] } })];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual(endpoints);
  });

  it('are heeded when only an endpoint that is not ready has none', () => {
    expect(eligibleEndpoints([here, there, endpoint({ ready: false })], cluster)).toEqual([here]);
  });

  it("are ignored when no ready endpoint is meant for the client's zone", () => {
    const endpoints = [there, endpoint({ ready: false, hints: { forZones: ['a'] } })];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual([there]);
    expect(eligibleEndpoints([here, there], { ...cluster, zone: 'c' })).toEqual([here, there]);
  });

  it("are ignored when the client's zone is not known", () => {
    const client: TrafficClient = { trafficPolicy: 'Cluster', node: 'n1' };
    expect(eligibleEndpoints([here, there], client)).toEqual([here, there]);
  });

  it('are ignored with the policy Local', () => {
    const endpoints = [
      { ...here, nodeName: 'n1' },
      { ...there, nodeName: 'n1' },
    ];
    expect(eligibleEndpoints(endpoints, local)).toEqual(endpoints);
  });

  it('are ignored among those that terminate', () => {
    const endpoints = [
      { ...here, ...draining },
      { ...there, ...draining },
    ];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual(endpoints);
  });
});

describe('hints for nodes', () => {
  it("narrow the endpoints to the client's node before its zone", () => {
    const endpoints = [hinted('n1', 'a'), hinted('n2', 'a'), hinted('n3', 'b')];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual([endpoints[0]]);
    expect(excludedEndpoints(endpoints, cluster)).toEqual([
      { endpoint: endpoints[1], reason: 'OtherNode' },
      { endpoint: endpoints[2], reason: 'OtherNode' },
    ]);
  });

  it("give way to those for zones when none is meant for the client's node", () => {
    const endpoints = [hinted('n2', 'a'), hinted('n3', 'b')];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual([endpoints[0]]);
    expect(excludedEndpoints(endpoints, cluster)).toEqual([
      { endpoint: endpoints[1], reason: 'OtherZone' },
    ]);
  });

  it('give way to those for zones when a ready endpoint has none', () => {
    const unhinted = endpoint({ hints: { forZones: ['a'] } });
    const endpoints = [hinted('n1', 'a'), hinted('n3', 'b'), unhinted];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual([endpoints[0], unhinted]);
  });
});

describe('with the policy Local', () => {
  it("only ready endpoints on the client's node may be used", () => {
    const endpoints = [
      endpoint({ nodeName: 'n1' }),
      endpoint({ nodeName: 'n2' }),
      endpoint(),
      endpoint({ nodeName: 'n1', ready: false }),
    ];
    expect(eligibleEndpoints(endpoints, local)).toEqual([endpoints[0]]);
    expect(excludedEndpoints(endpoints, local)).toEqual([
      { endpoint: endpoints[1], reason: 'OtherNode' },
      { endpoint: endpoints[2], reason: 'OtherNode' },
      { endpoint: endpoints[3], reason: 'NotReady' },
    ]);
  });

  it('terminating ones on the node come before ready ones elsewhere', () => {
    const endpoints = [endpoint({ ...draining, nodeName: 'n1' }), endpoint({ nodeName: 'n2' })];
    expect(eligibleEndpoints(endpoints, local)).toEqual([endpoints[0]]);
  });

  it('nobody may be used when the node has nobody', () => {
    expect(eligibleEndpoints([endpoint({ nodeName: 'n2' })], local)).toEqual([]);
  });

  it('nobody may be used when the node is not known', () => {
    const client: TrafficClient = { trafficPolicy: 'Local' };
    expect(eligibleEndpoints([endpoint({ nodeName: 'n1' }), endpoint()], client)).toEqual([]);
  });

  it('those on any node may be used when a node that has some is picked in front', () => {
    const client: TrafficClient = { trafficPolicy: 'Local', anyNode: true };
    const endpoints = [endpoint({ nodeName: 'n1' }), endpoint({ nodeName: 'n2' }), endpoint()];
    expect(eligibleEndpoints(endpoints, client)).toEqual(endpoints.slice(0, 2));
    expect(excludedEndpoints(endpoints, client)).toEqual([
      { endpoint: endpoints[2], reason: 'OtherNode' },
    ]);
  });
});

describe('of IP families', () => {
  const four = endpoint({ address: '10.0.0.1' });
  const six = endpoint({ address: '2001:db8::1', addressType: 'IPv6' });
  const name = endpoint({ address: 'db.example.org', addressType: 'FQDN' });

  it('only one is used, so that a dual-stack Pod counts once', () => {
    expect(eligibleEndpoints([four, six], cluster)).toEqual([four]);
    expect(excludedEndpoints([four, six], cluster)).toEqual([
      { endpoint: six, reason: 'OtherFamily' },
    ]);
  });

  it('the first that is preferred is used', () => {
    const client: TrafficClient = { ...cluster, families: ['IPv6', 'IPv4'] };
    expect(eligibleEndpoints([four, six], client)).toEqual([six]);
  });

  it('the next is used when nobody can answer in the first', () => {
    const endpoints = [{ ...four, ready: false }, six];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual([six]);
  });

  it('one that is not listed is not used, even when nobody else can answer', () => {
    const client: TrafficClient = { ...cluster, families: ['IPv4'] };
    expect(eligibleEndpoints([six], client)).toEqual([]);
    expect(excludedEndpoints([{ ...four, ready: false }, six], client)).toEqual([
      { endpoint: { ...four, ready: false }, reason: 'NotReady' },
      { endpoint: six, reason: 'OtherFamily' },
    ]);
  });

  it('each is excluded for a reason of its own when nobody can answer in either', () => {
    const endpoints = [
      { ...four, ready: false },
      { ...six, ...gone },
    ];
    expect(excludedEndpoints(endpoints, cluster).map(({ reason }) => reason)).toEqual([
      'NotReady',
      'Terminating',
    ]);
  });

  it('hints are weighed within the family alone', () => {
    const endpoints = [
      { ...four, hints: { forZones: ['a'] } },
      endpoint({ hints: { forZones: ['b'] } }),
      six,
    ];
    expect(eligibleEndpoints(endpoints, cluster)).toEqual([endpoints[0]]);
  });

  it('domain names belong to every one, and do not stand in the way of the next', () => {
    expect(eligibleEndpoints([four, six, name], cluster)).toEqual([four, name]);
    expect(eligibleEndpoints([six, name], cluster)).toEqual([six, name]);
    expect(eligibleEndpoints([name], cluster)).toEqual([name]);
    expect(eligibleEndpoints([name, { ...six, ready: false }], cluster)).toEqual([name]);
  });
});

/**
 * The words of the proposals as sets of candidates, best first; the first that isn't empty is the answer. KEP-1669: within the
 * scope of the traffic policy, the ready ones, else the terminating ones that serve. KEP-3015: of the ready ones those for the
 * node, else those for the zone, if every one is hinted. KEP-2433: all of them otherwise.
 */
function oracle(endpoints: readonly Endpoint[], client: TrafficClient): readonly Endpoint[] {
  const byFamily = (client.families ?? ['IPv4', 'IPv6']).map((family) => {
    const inFamily = endpoints.filter(({ addressType }) => ['FQDN', family].includes(addressType));
    const inScope = inFamily.filter(({ nodeName }) => {
      if (client.trafficPolicy === 'Cluster') return true;
      return client.anyNode ? Boolean(nodeName) : Boolean(nodeName) && nodeName === client.node;
    });
    const ready = inScope.filter((one) => one.ready);
    const forNode = ready.filter(({ hints }) =>
      (hints?.forNodes ?? []).some((n) => n === client.node),
    );
    const forZone = ready.filter(({ hints }) =>
      (hints?.forZones ?? []).some((z) => z === client.zone),
    );
    const allNodes = ready.filter(({ hints }) => (hints?.forNodes ?? []).length > 0);
    const allZones = ready.filter(({ hints }) => (hints?.forZones ?? []).length > 0);
    const heedsHints = client.trafficPolicy === 'Cluster';
    const choices = [
      heedsHints && allNodes.length === ready.length ? forNode : [],
      heedsHints && allZones.length === ready.length ? forZone : [],
      ready,
      inScope.filter(({ serving, terminating }) => serving && terminating),
    ];
    const chosen = choices.find((choice) => choice.length > 0) ?? [];
    return { chosen, hasOwn: chosen.some(({ addressType }) => addressType === family) };
  });
  return (
    (byFamily.find(({ hasOwn }) => hasOwn) ?? byFamily.find(({ chosen }) => chosen.length > 0))
      ?.chosen ?? []
  );
}

const place = (...names: string[]): fc.Arbitrary<string | undefined> =>
  fc.constantFrom(undefined, ...names);
const hintsOf = (...names: string[]): fc.Arbitrary<string[]> => fc.subarray(names);

const anyEndpoint: fc.Arbitrary<Endpoint> = fc
  .record({
    addressType: fc.constantFrom(
      'IPv4' as const,
      'IPv4' as const,
      'IPv6' as const,
      'FQDN' as const,
    ),
    ready: fc.boolean(),
    serving: fc.boolean(),
    terminating: fc.boolean(),
    nodeName: place('n1', 'n2'),
    hints: fc.option(fc.record({ forZones: hintsOf('a', 'b'), forNodes: hintsOf('n1', 'n2') }), {
      nil: undefined,
      freq: 6,
    }),
  })
  .map(({ nodeName, hints, ...parts }) =>
    endpoint({ ...parts, ...(nodeName && { nodeName }), ...(hints && { hints }) }),
  );

const anyClient: fc.Arbitrary<TrafficClient> = fc
  .record({
    trafficPolicy: fc.constantFrom('Cluster' as const, 'Cluster' as const, 'Local' as const),
    node: place('n1', 'n2', 'n3'),
    zone: place('a', 'b', 'c'),
    anyNode: fc.boolean(),
    families: fc.constantFrom(
      undefined,
      ['IPv4'] as const,
      ['IPv6'] as const,
      ['IPv6', 'IPv4'] as const,
    ),
  })
  .map(({ trafficPolicy, node, zone, anyNode, families }) => ({
    trafficPolicy,
    ...(node && { node }),
    ...(zone && { zone }),
    ...(anyNode && { anyNode }),
    ...(families && { families }),
  }));

describe('for any endpoints and any client', () => {
  it('those may be used that the proposals say', () => {
    fc.assert(
      fc.property(fc.array(anyEndpoint, { maxLength: 5 }), anyClient, (endpoints, client) => {
        expect(eligibleEndpoints(endpoints, client)).toEqual(oracle(endpoints, client));
      }),
      { numRuns: 300 },
    );
  });

  it('each may be used or is excluded for a reason, and never both', () => {
    fc.assert(
      fc.property(fc.array(anyEndpoint, { maxLength: 5 }), anyClient, (endpoints, client) => {
        const eligible = new Set(eligibleEndpoints(endpoints, client));
        const excluded = excludedEndpoints(endpoints, client).map((one) => one.endpoint);
        expect(excluded).toEqual(endpoints.filter((one) => !eligible.has(one)));
      }),
    );
  });

  it('somebody may be used with the policy Cluster whenever one of a listed family is ready', () => {
    fc.assert(
      fc.property(fc.array(anyEndpoint, { maxLength: 5 }), anyClient, (endpoints, client) => {
        const families = new Set<string>([...(client.families ?? ['IPv4', 'IPv6']), 'FQDN']);
        fc.pre(endpoints.some((one) => one.ready && families.has(one.addressType)));
        expect(eligibleEndpoints(endpoints, { ...client, trafficPolicy: 'Cluster' })).not.toEqual(
          [],
        );
      }),
    );
  });
});
