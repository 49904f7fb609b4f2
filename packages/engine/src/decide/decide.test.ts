import { DEFAULT_SETTINGS } from '@portolan/settings';
import { describe, expect, it } from 'vitest';

import {
  build,
  ingressFor,
  node,
  pod,
  ready,
  request,
  rule,
  service,
  slice,
} from '../../test/shop.ts';
import { decide } from './decide.ts';

describe('a request at the external entrance', () => {
  const { snapshot } = build([
    service('cart', { ports: [{ name: 'http', port: 80, targetPort: 'web' }] }),
    pod('cart-1', 'cart', '10.0.0.1', {
      containers: [{ name: 'server', ports: [{ name: 'web', containerPort: 8080 }] }],
    }),
    pod('cart-2', 'cart', '10.0.0.2', {
      containers: [{ name: 'server', ports: [{ name: 'web', containerPort: 9090 }] }],
    }),
    service('empty', {}),
    service('clock', { ports: [{ port: 123, protocol: 'UDP' }] }),
    ingressFor(
      'web',
      rule('shop.example', '/cart', 'cart', 'http'),
      rule('shop.example', '/empty', 'empty'),
      rule('shop.example', '/clock', 'clock', 123),
      rule('shop.example', '/nowhere', 'missing'),
      rule('shop.example', '/port', 'cart', 81),
    ),
  ]);

  it('is forwarded to a Pod of the Service that its rule names', () => {
    expect(decide(snapshot, request('http://shop.example/cart/7?a=1&b'))).toEqual({
      outcome: 'forward',
      route: {
        kind: 'Ingress',
        namespace: 'shop',
        name: 'web',
        rule: 'spec.rules[0].http.paths[0]',
        path: '/cart',
      },
      service: { namespace: 'shop', name: 'cart', port: 80, portName: 'http' },
      settings: DEFAULT_SETTINGS,
      endpoint: expect.objectContaining({ address: '10.0.0.1', port: 8080 }),
      endpoints: [
        expect.objectContaining({ address: '10.0.0.1', port: 8080 }),
        expect.objectContaining({ address: '10.0.0.2', port: 9090 }),
      ],
      path: '/cart/7',
      query: 'a=1&b',
      filters: [],
    });
  });

  it('goes to any of the eligible endpoints, as the random numbers handed in have it', () => {
    const at = (unit: number) => {
      const decision = decide(snapshot, request('http://shop.example/cart'), {
        random: () => unit,
      });
      return decision.outcome === 'forward' ? decision.endpoint.address : decision;
    };
    expect([0, 0.49, 0.5, 0.999].map(at)).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.2', '10.0.0.2']);
  });

  it.each([
    ['http://other.example/cart', 404, 'NoMatchingRoute'],
    ['http://shop.example/carts', 404, 'NoMatchingRoute'],
    ['http://shop.example/empty', 503, 'NoReadyEndpoints'],
    ['http://shop.example/nowhere', 503, 'BackendNotFound'],
    ['http://shop.example/port', 503, 'PortNotFound'],
    ['http://shop.example/clock', 503, 'UnsupportedProtocol'],
    ['http://shop.example/cart%2', 400, 'InvalidPath'],
    ['http://shop_._example../cart', 400, 'InvalidHost'],
  ])('%s is answered with %i %s', (url, status, reason) => {
    expect(decide(snapshot, request(url))).toMatchObject({ outcome: 'respond', status, reason });
  });

  it('says which Service a refusal is about, and which rule led there', () => {
    expect(decide(snapshot, request('http://shop.example/port'))).toMatchObject({
      route: { name: 'web', rule: 'spec.rules[4].http.paths[0]' },
      service: { namespace: 'shop', name: 'cart', port: 81 },
    });
  });

  it('reaches no cluster IP and no cluster name', () => {
    const { services } = build([service('cart', {})]);
    const address = services[0]?.spec.clusterIP;
    expect(address).toMatch(/^10\./);
    for (const host of [address, 'cart.shop.svc.cluster.local', 'cart.shop.svc']) {
      expect(decide(snapshot, request(`http://${host}/`))).toMatchObject({ status: 404 });
    }
  });

  it('is not led astray by hosts and paths that are names of object properties', () => {
    for (const url of [
      'http://constructor/',
      'http://__proto__/',
      'http://shop.example/__proto__',
    ]) {
      expect(decide(snapshot, request(url))).toMatchObject({ status: 404 });
    }
  });

  it('tells, when asked, which endpoints may not answer and why', () => {
    const traced = build([
      service('cart', {}),
      pod('cart-1', 'cart', '10.0.0.1'),
      { ...pod('cart-2', 'cart', '10.0.0.2'), status: ready('10.0.0.2', 'False') },
      ingressFor('web', rule(undefined, '/', 'cart')),
    ]);
    const decision = decide(traced.snapshot, request('http://shop.example/'), { trace: true });
    expect(decision.trace).toMatchObject({
      routing: { host: 'shop.example', candidates: [{ outcome: 'won' }] },
      excluded: [{ endpoint: { address: '10.0.0.2' }, reason: 'NotReady' }],
    });
  });
});

describe('a node port', () => {
  const objects = [
    node('a', 'east', '192.0.2.1'),
    node('b', 'west', '192.0.2.2'),
    pod('cart-1', 'cart', '10.0.0.1', { nodeName: 'a' }),
  ];
  const nodePort = { type: 'NodePort', ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] };

  it('answers at every node, and at no other port', () => {
    const { snapshot } = build([...objects, service('cart', nodePort)]);
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      expect(decide(snapshot, request(`http://${address}:30080//as/../received`))).toMatchObject({
        outcome: 'forward',
        endpoint: { address: '10.0.0.1' },
        path: '//as/../received',
      });
    }
    expect(decide(snapshot, request('http://192.0.2.1:30081/'))).toMatchObject({ status: 404 });
  });

  it('answers at every kind of address that a node has, of the families that the Service has', () => {
    const dual = {
      ...node('c', 'east', '192.0.2.3'),
      status: {
        addresses: [
          { type: 'InternalIP', address: '2001:db8::3' },
          { type: 'Hostname', address: 'Node-C' },
        ],
      },
    } as const;
    const { snapshot } = build([...objects, dual, service('cart', nodePort)]);
    const outcome = (host: string) => decide(snapshot, request(`http://${host}:30080/`)).outcome;
    expect(outcome('node-c')).toBe('forward');
    expect(outcome('[2001:db8::3]')).toBe('respond');
    expect(outcome('constructor')).toBe('respond');
  });

  it('takes no more room for more nodes', () => {
    const count = (nodes: number) =>
      Object.keys(
        build([
          ...Array.from({ length: nodes }, (_, index) =>
            node(`n${index}`, 'east', `192.0.2.${index}`),
          ),
          service('cart', nodePort),
        ]).snapshot.frontends,
      ).length;
    expect(count(200)).toBe(count(1));
  });

  it('with externalTrafficPolicy Local answers only at the nodes that have an endpoint', () => {
    const { snapshot } = build([
      ...objects,
      service('cart', { ...nodePort, externalTrafficPolicy: 'Local' }),
    ]);
    expect(decide(snapshot, request('http://192.0.2.1:30080/'))).toMatchObject({
      outcome: 'forward',
    });
    expect(decide(snapshot, request('http://192.0.2.2:30080/'))).toMatchObject({
      reason: 'NoReadyEndpoints',
    });
  });
});

describe('a load balancer address', () => {
  const balanced = (ranges: readonly string[]) =>
    build([
      pod('cart-1', 'cart', '10.0.0.1'),
      service(
        'cart',
        { type: 'LoadBalancer', loadBalancerSourceRanges: ranges },
        { status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } } },
      ),
    ]).snapshot;

  it('answers clients whose address is in loadBalancerSourceRanges', () => {
    const facts = request('http://203.0.113.9/', { clientAddress: '198.51.100.7' });
    expect(decide(balanced(['198.51.100.0/24']), facts)).toMatchObject({ outcome: 'forward' });
  });

  it.each([['198.51.101.7'], [undefined]])('refuses %s', (clientAddress) => {
    const facts = request('http://203.0.113.9/', { clientAddress });
    expect(decide(balanced(['198.51.100.0/24']), facts)).toMatchObject({
      status: 403,
      reason: 'SourceNotAllowed',
      service: { name: 'cart', port: 80 },
    });
  });

  it('is never invented', () => {
    const { snapshot } = build([service('cart', { type: 'LoadBalancer' })]);
    const external = Object.keys(snapshot.frontends).filter((key) => key.startsWith('external'));
    expect(external).toEqual([expect.stringMatching(/^external TCP \*:3\d{4}$/)]);
  });
});

describe('a request at the internal entrance', () => {
  const { snapshot, services } = build([
    service('cart', {}),
    pod('cart-1', 'cart', '10.0.0.1'),
    ingressFor('web', rule(undefined, '/', 'cart')),
  ]);
  const inside = { entrance: 'internal' } as const;

  it.each([['cart.shop.svc.cluster.local'], ['cart.shop.svc.cluster.local.'], ['CART.shop.svc']])(
    'finds a Service as %s',
    (host) => {
      expect(decide(snapshot, request(`http://${host}/x`, inside))).toMatchObject({
        outcome: 'forward',
        endpoint: { address: '10.0.0.1', port: 8080 },
        path: '/x',
      });
    },
  );

  it('finds a Service by its cluster IP', () => {
    const address = services[0]?.spec.clusterIP;
    expect(decide(snapshot, request(`http://${address}/`, inside))).toMatchObject({
      outcome: 'forward',
    });
  });

  it('finds no route', () => {
    expect(decide(snapshot, request('http://shop.example/', inside))).toMatchObject({
      status: 404,
      reason: 'NoMatchingRoute',
    });
  });

  it('with internalTrafficPolicy Local finds only what runs on its own node', () => {
    const local = build([
      service('cart', { internalTrafficPolicy: 'Local' }),
      pod('cart-1', 'cart', '10.0.0.1', { nodeName: 'a' }),
      pod('cart-2', 'cart', '10.0.0.2', { nodeName: 'b' }),
    ]).snapshot;
    const from = (place: string | undefined) =>
      decide(local, request('http://cart.shop.svc/', { ...inside, node: place }));
    expect(from('b')).toMatchObject({ endpoints: [{ address: '10.0.0.2' }] });
    expect(from('c')).toMatchObject({ reason: 'NoReadyEndpoints' });
    expect(from(undefined)).toMatchObject({ reason: 'NoReadyEndpoints' });
  });
});

describe('sessionAffinity ClientIP', () => {
  const pods = Array.from({ length: 9 }, (_, index) =>
    pod(`cart-${index}`, 'cart', `10.0.0.${index + 1}`),
  );
  const affine = service('cart', { sessionAffinity: 'ClientIP' });
  const route = ingressFor('web', rule(undefined, '/', 'cart'));
  const before = build([affine, route, ...pods]).snapshot;
  const after = build([affine, route, ...pods.slice(1)]).snapshot;
  const endpointOf = (snapshot: typeof before, clientAddress: string): string => {
    let calls = 0;
    const random = () => (calls++ % 10) / 10;
    const decision = decide(snapshot, request('http://shop.example/', { clientAddress }), {
      random,
    });
    return decision.outcome === 'forward' ? decision.endpoint.address : decision.outcome;
  };
  const clients = Array.from({ length: 300 }, (_, index) => `198.51.${index % 100}.${index % 250}`);

  it('keeps a client with its endpoint, and moves only those of the Pod that left', () => {
    const kept = new Map(clients.map((client) => [client, endpointOf(before, client)]));
    for (const [client, address] of kept) expect(endpointOf(before, client)).toBe(address);
    const staying = [...kept].filter(([, address]) => address !== '10.0.0.1');
    for (const [client, address] of staying) expect(endpointOf(after, client)).toBe(address);
    expect(new Set(kept.values()).size).toBe(9);
  });
});

describe('an ExternalName Service behind an Ingress', () => {
  const objects = [
    service('pay', { type: 'ExternalName', externalName: 'pay.example.com', selector: undefined }),
    ingressFor('web', rule(undefined, '/', 'pay')),
  ];

  it('is refused unless the operator lists its name', () => {
    expect(decide(build(objects).snapshot, request('http://shop.example/'))).toMatchObject({
      status: 503,
      reason: 'ExternalNameNotAllowed',
    });
  });

  it('is called by its own name where the operator lists it', () => {
    const { snapshot } = build(objects, { externalNames: ['pay.example.com'] });
    expect(decide(snapshot, request('http://shop.example/x'))).toMatchObject({
      outcome: 'forward',
      endpoint: { address: 'pay.example.com', addressType: 'FQDN', port: 80 },
      hostname: 'pay.example.com',
    });
  });
});

describe('endpoints given by hand', () => {
  it('answer for a Service without a selector', () => {
    const { snapshot } = build([
      service('old', { selector: undefined }),
      slice('old', ['192.0.2.44']),
      ingressFor('web', rule(undefined, '/', 'old')),
    ]);
    expect(decide(snapshot, request('http://shop.example/'))).toMatchObject({
      endpoint: { address: '192.0.2.44', port: 8080 },
    });
  });
});
