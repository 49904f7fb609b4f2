import { compileWithStandIns } from '@portolan/compile';
import { decide } from '@portolan/engine';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { deployment, draw, ingress, node, pod, service, ways } from '../../test/manifests.ts';
import { graphOf, type GraphOptions } from './graph-of.ts';

const SHOP = [
  ingress('web', 'shop.example', [
    ['/', 'storefront'],
    ['/cart', 'cart'],
  ]),
  service('storefront', 'selector: { app: storefront }, ports: [{ port: 80, targetPort: 8080 }]'),
  service('cart'),
  deployment('storefront', 3),
  deployment('cart', 2),
];

describe('a drawing', () => {
  it('leads from each rule to a port of its Service, and from there to the Pods', () => {
    expect(ways(draw(SHOP))).toEqual([
      'rule:Ingress/shop/web:shop.example PathPrefix / > service:shop/storefront: 80 ready',
      'rule:Ingress/shop/web:shop.example PathPrefix /cart > service:shop/cart: 80 ready',
      'service:shop/cart > pods:Deployment/shop/cart: 80 → 80 ready',
      'service:shop/storefront > pods:Deployment/shop/storefront: 80 → 8080 ready',
    ]);
  });

  it('has the Pods of a workload as one node', () => {
    expect(node(draw(SHOP), 'pods:Deployment/shop/storefront')).toEqual({
      kind: 'Pods',
      id: 'pods:Deployment/shop/storefront',
      namespace: 'shop',
      owner: { kind: 'Deployment', namespace: 'shop', name: 'storefront' },
      pods: 3,
      ready: 3,
      standIns: 3,
      status: 'ready',
    });
  });

  it('has every rule with its host, its path and its place', () => {
    const rule = 'rule:Ingress/shop/web:shop.example PathPrefix /cart';
    expect(node(draw(SHOP), rule)).toEqual({
      kind: 'Rule',
      id: rule,
      namespace: 'shop',
      source: { kind: 'Ingress', namespace: 'shop', name: 'web' },
      field: 'spec.rules[0].http.paths[1]',
      host: 'shop.example',
      path: '/cart',
      pathType: 'PathPrefix',
      conditions: [],
      status: 'ready',
    });
  });

  it('has default backends as rules without host and path', () => {
    const more = ', defaultBackend: { service: { name: cart, port: { number: 80 } } }';
    const graph = draw([ingress('web', 'a.example', [['/', 'cart']], more), service('cart')]);
    expect(node(graph, 'rule:Ingress/shop/web:default')).toMatchObject({
      field: 'spec.defaultBackend',
    });
    const ours = draw([service('cart')], {
      defaultBackend: { namespace: 'shop', name: 'cart', port: 80 },
    });
    expect(ways(ours)).toEqual(['rule:EngineOptions//:default > service:shop/cart: 80 notReady']);
  });

  it('is of one namespace where that is asked for', () => {
    const others = SHOP.map((text) => text.replaceAll('namespace: shop', 'namespace: other'));
    const both = draw([...SHOP, ...others]);
    expect(draw([...SHOP, ...others], { namespace: 'shop' })).toEqual({
      nodes: both.nodes.filter(({ namespace }) => namespace === 'shop'),
      edges: both.edges.filter(({ id }) => id.includes('shop/')),
    });
  });

  it('is the same for manifests in any order', () => {
    const shuffled = fc.shuffledSubarray(SHOP, { minLength: SHOP.length });
    fc.assert(
      fc.property(shuffled, (documents) => {
        expect(draw(documents)).toEqual(draw(SHOP));
      }),
      { numRuns: 20 },
    );
  });

  it('keeps what it has, ids too, when other objects come', () => {
    const before = draw(SHOP);
    const more = [ingress('api', 'api.example', [['/', 'api']]), service('api'), deployment('api')];
    const after = draw([...more, ...SHOP]);
    expect(after.nodes).toEqual(expect.arrayContaining([...before.nodes]));
    expect(after.edges).toEqual(expect.arrayContaining([...before.edges]));
    expect(after.nodes).toHaveLength(before.nodes.length + 3);
  });

  it('is sorted, every id is there once, and every edge joins two nodes', () => {
    const { nodes, edges } = draw(SHOP);
    const ids = nodes.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    for (const { from, to } of edges) {
      expect(ids).toContain(from);
      expect(ids).toContain(to);
    }
  });
});

describe('a rule', () => {
  const statusOf = (documents: readonly string[], path = '/'): unknown =>
    draw(documents).nodes.find((each) => each.kind === 'Rule' && each.path === path);

  it('whose Service is missing leads to a node that is marked so', () => {
    const graph = draw([ingress('web', 'shop.example', [['/', 'nosuch']])]);
    expect(node(graph, 'service:shop/nosuch')).toEqual({
      kind: 'Service',
      id: 'service:shop/nosuch',
      namespace: 'shop',
      name: 'nosuch',
      ports: [],
      status: 'missing',
      reason: 'Service shop/nosuch does not exist',
    });
    expect(graph.nodes).toContainEqual(
      expect.objectContaining({
        kind: 'Rule',
        status: 'notReady',
        reason: 'Service shop/nosuch does not exist',
      }),
    );
    expect(graph.edges).toMatchObject([{ to: 'service:shop/nosuch', status: 'missing' }]);
  });

  it.each([
    [81, { id: 'missing 81', name: '', port: 81 }],
    ['admin', { id: 'missing admin', name: 'admin' }],
  ])('that asks for the missing port %s leads to that', (port, missing) => {
    const graph = draw([
      ingress('web', 'shop.example', [['/', 'cart', port]]),
      service('cart'),
      deployment('cart'),
    ]);
    const reason = `Service shop/cart has no port ${port}`;
    expect(node(graph, 'service:shop/cart')).toMatchObject({
      status: 'ready',
      ports: [{ id: 'TCP 80' }, { ...missing, targetPorts: [], status: 'missing', reason }],
    });
    expect(graph.edges[0]).toMatchObject({ port: missing.id, status: 'missing', reason });
  });

  it('that another one goes before is never asked', () => {
    const first = ingress('a', 'shop.example', [['/', 'cart']]);
    const second = ingress('b', 'shop.example', [['/', 'cart']]);
    const graph = draw([first, second, service('cart'), deployment('cart')]);
    expect(ways(graph).slice(0, 2)).toEqual([
      'rule:Ingress/shop/a:shop.example PathPrefix / > service:shop/cart: 80 ready',
      'rule:Ingress/shop/b:shop.example PathPrefix / > service:shop/cart: 80 shadowed',
    ]);
    expect(node(graph, 'rule:Ingress/shop/b:shop.example PathPrefix /')).toMatchObject({
      status: 'shadowed',
    });
  });

  it('that its own Ingress repeats is drawn twice', () => {
    const twice = ingress('a', 'shop.example', [
      ['/', 'cart'],
      ['/', 'cart'],
    ]);
    expect(draw([twice, service('cart')]).nodes.map(({ id }) => id)).toEqual([
      'rule:Ingress/shop/a:shop.example PathPrefix /',
      'rule:Ingress/shop/a:shop.example PathPrefix / #2',
      'service:shop/cart',
    ]);
  });

  it('is as ready as its Service', () => {
    const rule = ingress('web', 'shop.example', [['/', 'cart']]);
    const ready = pod('cart-1', 'cart', '10.0.0.1');
    const unready = pod('cart-2', 'cart', '10.0.0.2', false);
    expect(statusOf([rule, service('cart')])).toMatchObject({
      status: 'notReady',
      reason: 'no endpoints',
    });
    expect(statusOf([rule, service('cart'), unready])).toMatchObject({
      status: 'notReady',
      reason: 'no endpoint is ready',
    });
    expect(statusOf([rule, service('cart'), unready, ready])).toMatchObject({
      status: 'partlyReady',
      reason: '1 of 2 ready',
    });
    expect(statusOf([rule, service('cart'), ready])).toMatchObject({ status: 'ready' });
  });

  it('for a port that carries no TCP is not ready', () => {
    const dns = service('dns', 'selector: { app: cart }, ports: [{ port: 53, protocol: UDP }]');
    const rule = ingress('web', 'shop.example', [['/', 'dns', 53]]);
    expect(statusOf([rule, dns, deployment('cart')])).toMatchObject({
      status: 'notReady',
      reason: 'port 53 carries UDP',
    });
  });

  it('to what is no Service leads to that, as missing', () => {
    const resource = '{ apiGroup: example.com, kind: Bucket, name: static }';
    const more = `, defaultBackend: { resource: ${resource} }`;
    const graph = draw([ingress('web', 'a.example', [['/', 'cart']], more), service('cart')]);
    expect(node(graph, 'resource:example.com/Bucket/shop/static')).toMatchObject({
      kind: 'Resource',
      group: 'example.com',
      resource: { kind: 'Bucket', namespace: 'shop', name: 'static' },
      status: 'missing',
    });
  });
});

describe('a Service', () => {
  it('leads to every workload whose Pods it selects, by each of its ports', () => {
    const ports = '[{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81 }]';
    const graph = draw([
      service('cart', `selector: { app: cart }, ports: ${ports}`),
      deployment('cart', 2),
      pod('cart-1', 'cart', '10.0.0.1', false),
    ]);
    expect(ways(graph)).toEqual([
      'service:shop/cart > pods:Deployment/shop/cart: 80 → 8080 ready',
      'service:shop/cart > pods:Deployment/shop/cart: 81 → 81 ready',
      'service:shop/cart > pods:Pod/shop/cart-1: 80 → 8080 notReady',
      'service:shop/cart > pods:Pod/shop/cart-1: 81 → 81 notReady',
    ]);
    expect(node(graph, 'service:shop/cart')).toMatchObject({
      type: 'ClusterIP',
      status: 'partlyReady',
      ports: [
        { id: 'TCP 80', name: 'a', targetPorts: [8080] },
        { id: 'TCP 81', name: 'b', targetPorts: [81] },
      ],
    });
  });

  it('without ports leads to its Pods all the same', () => {
    const headless = service('cart', 'clusterIP: None, selector: { app: cart }');
    expect(ways(draw([headless, deployment('cart')]))).toEqual([
      'service:shop/cart > pods:Deployment/shop/cart:  ready',
    ]);
    expect(node(draw([headless]), 'service:shop/cart')).toMatchObject({
      type: 'headless ClusterIP',
      status: 'notReady',
    });
  });

  it('whose endpoints are given by hand leads to their addresses', () => {
    const slice = `{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: db-1, namespace: shop, labels: { kubernetes.io/service-name: db } }, addressType: IPv4, ports: [{ port: 5432 }], endpoints: [{ addresses: [192.0.2.2], conditions: { ready: false } }, { addresses: [192.0.2.1] }] }`;
    const graph = draw([service('db', 'ports: [{ port: 80, targetPort: 5432 }]'), slice]);
    expect(ways(graph)).toEqual(['service:shop/db > addresses:shop/db: 80 → 5432 partlyReady']);
    expect(node(graph, 'addresses:shop/db')).toMatchObject({
      service: 'db',
      addresses: [
        { address: '192.0.2.1', ready: true },
        { address: '192.0.2.2', ready: false },
      ],
    });
  });

  it.each([
    ['is refused', [], 'refused', 'service:shop/bank > external-name:shop/bank.example:  refused'],
    [
      'is ready',
      ['bank.example'],
      'ready',
      'service:shop/bank > external-name:shop/bank.example: 443 → 443 ready',
    ],
  ] as const)('of the type ExternalName leads to its name, and %s', (_, names, status, way) => {
    const bank = service(
      'bank',
      'type: ExternalName, externalName: bank.example, ports: [{ port: 443 }]',
    );
    const graph = draw([bank], { externalNames: names });
    expect(node(graph, 'service:shop/bank')).toMatchObject({ type: 'ExternalName', status });
    expect(ways(graph)).toEqual([way]);
  });

  it('is reached at its node ports and at addresses from its status, and not at its cluster IP', () => {
    const spec =
      'type: LoadBalancer, selector: { app: cart }, ports: [{ port: 80, nodePort: 30080 }]';
    const balanced = service('cart', spec).replace(
      /\}$/u,
      ', status: { loadBalancer: { ingress: [{ ip: 192.0.2.1 }, { ip: "2001:db8::1" }] } } }',
    );
    expect(ways(draw([balanced]))).toEqual([
      'frontend:external TCP *:30080 > service:shop/cart: 80 notReady',
      'frontend:external TCP 192.0.2.1:80 > service:shop/cart: 80 notReady',
      'frontend:external TCP 2001:db8::1:80 > service:shop/cart: 80 notReady',
    ]);
    expect(node(draw([balanced]), 'frontend:external TCP 2001:db8::1:80')).toMatchObject({
      host: '2001:db8::1',
      port: 80,
      service: 'cart',
    });
  });
});

describe('Pods that a cluster reports', () => {
  it.each([
    ['nobody', '', 'pods:Pod/shop/cart-1'],
    ['a node, for its own manifests', 'kind: Node, name: a', 'pods:Pod/shop/cart-1'],
    ['a StatefulSet', 'kind: StatefulSet, name: cart', 'pods:StatefulSet/shop/cart'],
    [
      'a ReplicaSet that carries a Deployment’s hash',
      'kind: ReplicaSet, name: cart-5d5d',
      'pods:Deployment/shop/cart',
    ],
    ['a ReplicaSet of its own', 'kind: ReplicaSet, name: cart', 'pods:ReplicaSet/shop/cart'],
  ])('made by %s are drawn as such', (_, owner, id) => {
    const graph = draw([service('cart'), pod('cart-1', 'cart', '10.0.0.1', true, owner)]);
    expect(node(graph, id)).toMatchObject({ pods: 1, ready: 1, standIns: 0 });
  });

  it('are one node with those that the manifests only announce', () => {
    const owner = 'kind: ReplicaSet, name: cart-5d5d';
    const replicaSet = deployment('cart-5d5d')
      .replace('kind: Deployment', 'kind: ReplicaSet')
      .replace(
        'namespace: shop }, spec',
        'namespace: shop, ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: cart, uid: u, controller: true }] }, spec',
      );
    const given = pod('cart-5d5d-a', 'cart', '10.0.0.1', true, owner);
    const graph = draw([service('cart'), deployment('cart', 2), replicaSet, given]);
    expect(graph.nodes.filter(({ kind }) => kind === 'Pods')).toMatchObject([
      { id: 'pods:Deployment/shop/cart', pods: 2, standIns: 1 },
    ]);
  });
});

describe('the way of a request', () => {
  const spec = 'type: NodePort, selector: { app: cart }, ports: [{ port: 80, nodePort: 30080 }]';
  const subject = compileWithStandIns([...SHOP, service('cart', spec)].join('\n---\n'));
  const lit = (request?: GraphOptions['request']): readonly string[] => {
    const { nodes, edges } = graphOf(subject, { ...(request && { request }) });
    const ports = nodes.flatMap((each) =>
      each.kind === 'Service'
        ? each.ports.map((port) => ({ ...port, id: `${each.id} ${port.id}` }))
        : [],
    );
    return [...nodes, ...ports, ...edges].flatMap((each) => (each.lit ? [each.id] : []));
  };
  const facts = {
    method: 'GET',
    scheme: 'http',
    host: 'shop.example',
    port: 80,
    path: '/cart',
    query: '',
    headers: { get: () => null },
    entrance: 'external',
  } as const;
  const forwarded = decide(subject.compiled.snapshot, facts);
  const route = {
    kind: 'Ingress',
    namespace: 'shop',
    name: 'web',
    rule: 'spec.rules[0].http.paths[1]',
    path: '/cart',
  };
  const rule = 'rule:Ingress/shop/web:shop.example PathPrefix /cart';
  const toService = [
    rule,
    'service:shop/cart',
    'service:shop/cart TCP 80',
    `${rule} > service:shop/cart TCP 80`,
  ];
  const toPods = [
    'pods:Deployment/shop/cart',
    'service:shop/cart > pods:Deployment/shop/cart TCP 80',
  ];

  it('is not lit where none is asked about', () => {
    expect(lit()).toEqual([]);
  });

  it('is lit from the rule to the Pods, where it is forwarded or the rule alone is given', () => {
    expect(lit(forwarded).toSorted()).toEqual([...toService, ...toPods].toSorted());
    expect(lit(route)).toEqual(lit(forwarded));
  });

  it('is lit from the address that was knocked at, where the Decision tells', () => {
    const knocking = { ...facts, host: '127.0.0.1', port: 30080 };
    const decided = decide(subject.compiled.snapshot, knocking, { trace: true });
    const frontend = 'frontend:external TCP *:30080';
    expect(lit(decided).toSorted()).toEqual(
      [
        frontend,
        `${frontend} > service:shop/cart TCP 80`,
        'service:shop/cart',
        'service:shop/cart TCP 80',
        ...toPods,
      ].toSorted(),
    );
    expect(lit(decide(subject.compiled.snapshot, knocking))).not.toContain(frontend);
  });

  it('is lit as far as the rule, where that answers', () => {
    const location = 'https://shop.example/';
    expect(lit({ outcome: 'redirect', status: 302, location, route })).toEqual([rule]);
  });

  it('is lit as far as the Service, where nobody there answers', () => {
    const refused = {
      outcome: 'respond',
      status: 503,
      reason: 'NoReadyEndpoints',
      message: '',
      route,
      service: { namespace: 'shop', name: 'cart', port: 80 },
    } as const;
    expect(lit(refused)).toEqual(toService);
  });
});
