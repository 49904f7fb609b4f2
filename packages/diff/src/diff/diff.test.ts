import type { CompiledWithStandIns } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { changes } from '../../test/changes.ts';
import { deployment, given, ingress, node, pod, service } from '../../test/objects.ts';
import { diff } from './diff.ts';

const web = [service('web'), deployment('web')];

describe('nothing changes', () => {
  const rules = ingress('i', { '/': 'web' }, { host: 'a.com' });

  it.each<[string, CompiledWithStandIns]>([
    ['itself', given(...web, rules)],
    ['another order', given(rules, ...web)],
    [
      'another name of an Ingress',
      given(...web, ingress('other', { '/': 'web' }, { host: 'a.com' })),
    ],
    ['another image', given(service('web'), deployment('web', 1, 'v2'), rules)],
    [
      'a rule that another one goes before',
      given(...web, rules, ingress('z', { '/': 'gone' }, { host: 'a.com' })),
    ],
    [
      'a more specific rule that says the same',
      given(...web, ingress('i', { '/': 'web', '/a': 'web' }, { host: 'a.com' })),
    ],
  ])('between manifests and %s', (_, after) => {
    expect(diff(given(...web, rules), after)).toMatchObject({
      changes: [],
      dns: [],
      complete: true,
    });
  });

  it('where a backend that does not exist is called otherwise: nobody outside is told', () => {
    expect(changes(given(ingress('i', { '/': 'a' })), given(ingress('i', { '/': 'b' })))).toEqual(
      [],
    );
  });

  it('where a Pod is called otherwise and keeps its address', () => {
    expect(
      changes(
        given(service('web'), pod('web', 'a', '10.0.0.1')),
        given(service('web'), pod('web', 'b', '10.0.0.1')),
      ),
    ).toEqual([]);
  });
});

describe('who answers for a Service changes', () => {
  it('by the number of stand-ins for a workload, and by the workload', () => {
    expect(changes(given(...web), given(service('web'), deployment('web', 3)))).toEqual([
      'endpoints: shop/web:80 at 1 × Deployment shop/web:8080 → shop/web:80 at 3 × Deployment shop/web:8080: http://web.shop/, inside the cluster +2',
    ]);
    expect(
      changes(given(...web), given(service('web'), deployment('new', 1, 'v1', 'web'))),
    ).toEqual([
      'endpoints: shop/web:80 at 1 × Deployment shop/web:8080 → shop/web:80 at 1 × Deployment shop/new:8080: http://web.shop/, inside the cluster +2',
    ]);
  });

  it('by what a stand-in stands in for, though it has one name and one address', () => {
    const metadata = { namespace: 'shop', labels: { app: 'web' } };
    const spec = { containers: [{ name: 'c', image: 'v1' }] };
    const alone = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'web-0' }, spec };
    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { ...metadata, name: 'web' },
      spec: {
        selector: { matchLabels: metadata.labels },
        template: { metadata: { labels: metadata.labels }, spec },
      },
    };
    expect(changes(given(service('web'), alone), given(service('web'), set))).toEqual([
      'endpoints: shop/web:80 at 1 × Pod shop/web-0:8080 → shop/web:80 at 1 × StatefulSet shop/web:8080: http://web.shop/, inside the cluster +2',
    ]);
  });

  it('by the readiness of Pods, and by their addresses', () => {
    const two = (address: string, ready: boolean): CompiledWithStandIns =>
      given(service('web'), pod('web', 'a', '10.0.0.1'), pod('web', 'b', address, { ready }));
    expect(changes(two('10.0.0.2', true), two('10.0.0.2', false))).toEqual([
      'endpoints: shop/web:80 at 10.0.0.1:8080, 10.0.0.2:8080 → shop/web:80 at 10.0.0.1:8080: http://web.shop/, inside the cluster +2',
    ]);
    expect(changes(two('10.0.0.2', true), two('10.0.0.3', true))).toHaveLength(1);
  });

  it('by session affinity, for clients whose address is known', () => {
    const sticky = service('web', { sessionAffinity: 'ClientIP' });
    expect(
      changes(given(service('web'), deployment('web', 2)), given(sticky, deployment('web', 2))),
    ).toEqual([
      'endpoints: shop/web:80 at 2 × Deployment shop/web:8080 → shop/web:80 at 2 × Deployment shop/web:8080, with session affinity: http://web.shop/, inside the cluster, from 198.51.100.7 +2',
    ]);
    expect(changes(given(...web), given(sticky, deployment('web')))).toEqual([]);
  });

  it('in one zone, where traffic is kept to it, for what is routed too', () => {
    const pods = [
      node('n1', '192.0.2.1', 'z1'),
      node('n2', '192.0.2.2', 'z2'),
      pod('web', 'a', '10.0.0.1', { nodeName: 'n1' }),
      pod('web', 'b', '10.0.0.2', { nodeName: 'n2' }),
      ingress('i', { '/': 'web' }, { host: 'a.com' }),
    ];
    const close = service('web', { trafficDistribution: 'PreferClose' });
    expect(changes(given(service('web'), ...pods), given(close, ...pods))).toEqual([
      'endpoints: shop/web:80 at 10.0.0.1:8080, 10.0.0.2:8080 → shop/web:80 at 10.0.0.1:8080: http://a.com/, in zone z1',
      'endpoints: shop/web:80 at 10.0.0.1:8080, 10.0.0.2:8080 → shop/web:80 at 10.0.0.2:8080: http://a.com/, in zone z2',
      'endpoints: shop/web:80 at 10.0.0.1:8080, 10.0.0.2:8080 → shop/web:80 at 10.0.0.1:8080: http://web.shop/, inside the cluster, in zone z1 +2',
      'endpoints: shop/web:80 at 10.0.0.1:8080, 10.0.0.2:8080 → shop/web:80 at 10.0.0.2:8080: http://web.shop/, inside the cluster, in zone z2 +2',
    ]);
  });

  it('at one node, by a Local policy', () => {
    const pods = [node('n1', '192.0.2.1', 'z1'), pod('web', 'a', '10.0.0.1', { nodeName: 'n1' })];
    const local = service('web', { internalTrafficPolicy: 'Local' });
    expect(changes(given(service('web'), ...pods), given(local, ...pods))).toEqual([
      'reachability: shop/web:80 → 503 NoReadyEndpoints (shop/web): http://web.shop/, inside the cluster +2',
    ]);
    const moved = [...pods, pod('web', 'b', '10.0.0.2', { nodeName: 'n2' })];
    expect(changes(given(local, ...pods), given(local, ...moved))).toEqual([
      'reachability: 503 NoReadyEndpoints (shop/web) → shop/web:80: http://web.shop/, inside the cluster, at node n2 +2',
    ]);
  });

  it('by the protocol of its port', () => {
    const tls = service('web', { ports: [{ port: 80, targetPort: 8080, appProtocol: 'HTTPS' }] });
    expect(changes(given(...web), given(tls, deployment('web')))).toEqual([
      'backend: shop/web:80 → shop/web:80 (https): http://web.shop/, inside the cluster +2',
    ]);
  });
});

describe('a change', () => {
  const rules = ingress('i', { '/': 'web' }, { host: 'a.com' });

  it('has as many witnesses as are asked for, at least one, and says how many there are', () => {
    const [before, after] = [given(...web), given(service('web'))];
    for (const [witnesses, shown] of [
      [undefined, 3],
      [2, 2],
      [0, 1],
    ] as const) {
      const [change] = diff(before, after, { witnesses }).changes;
      expect([change?.witnesses.length, change?.witnessCount]).toEqual([shown, 3]);
    }
  });

  it('names the rule and the Service that take its requests', () => {
    const all = diff(given(...web, rules), given(service('web'), rules)).changes;
    expect(all.map(({ takenBy }) => takenBy)).toEqual([
      {
        before: 'Ingress shop/i spec.rules[0].http.paths[0]',
        after: 'Ingress shop/i spec.rules[0].http.paths[0]',
      },
      { before: 'Service shop/web', after: 'Service shop/web' },
    ]);
  });

  it('comes before those that are less severe', () => {
    const other = [service('other'), deployment('other')];
    const more = ingress('more', { '/': 'web', '/x': 'other' }, { host: 'b.com' });
    const kinds = diff(
      given(...web, ...other, rules, more),
      given(...web, service('other'), deployment('web', 2), rules, more),
    ).changes.map((change) => change.kinds[0]);
    expect(kinds).toEqual(['reachability', 'reachability', 'endpoints', 'endpoints', 'endpoints']);
  });
});
