import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, endpoints, messages, refusal } from '../../../test/answerer/answerer.ts';
import { manifest, pod, service } from '../../../test/objects/objects.ts';
import { records } from '../../../test/records/records.ts';

describe('Service API: ServiceSpec', () => {
  const unready = pod('cart-1', 'cart', { ip: '10.8.0.1', ready: false });
  const ready = pod('cart-1', 'cart', { ip: '10.8.0.1' });
  const balanced = (clientAddress: string | undefined, ranges?: readonly string[]): Portolan =>
    portolan(
      manifest(
        {
          ...service('cart', { type: 'LoadBalancer', loadBalancerSourceRanges: ranges }),
          status: { loadBalancer: { ingress: [{ ip: '192.0.2.127' }] } },
        },
        ready,
      ),
      { clientAddress: () => clientAddress },
    );

  it('publishNotReadyAddresses has endpoints count as ready that are not, for traffic', () => {
    const url = 'http://cart.default.svc/';
    const inside = { entrance: 'internal' } as const;
    expect(endpoints(portolan(manifest(service('cart'), unready), inside), url)).toEqual([]);
    const publishing = service('cart', { publishNotReadyAddresses: true });
    expect(endpoints(portolan(manifest(publishing, unready), inside), url)).toEqual([
      '10.8.0.1:80',
    ]);
  });

  it('publishNotReadyAddresses has endpoints count as ready that are not, in DNS', () => {
    const spec = { clusterIP: 'None', publishNotReadyAddresses: true };
    expect(records([service('cart', { clusterIP: 'None' }), unready])).toEqual([]);
    expect(records([service('cart', spec), unready])).toContain(
      'cart.default.svc.cluster.local A 10.8.0.1',
    );
  });

  it.each([
    ['at 198.51.100.7 is let in', '198.51.100.7', 'cart'],
    ['at 203.0.113.7 is not', '203.0.113.7', 403],
    ['whose address is unknown is not', undefined, 403],
  ])(
    'loadBalancerSourceRanges limits who reaches the balancer: with 198.51.100.0/24 a client %s',
    (_, client, taker) => {
      const app = balanced(client, ['198.51.100.0/24', '192.0.2.64/26']);
      expect(answerer(app, 'http://192.0.2.127/')).toBe(taker);
    },
  );

  it('without loadBalancerSourceRanges anybody reaches the balancer', () => {
    expect(answerer(balanced('203.0.113.7'), 'http://192.0.2.127/')).toBe('cart');
  });

  it('an absent or empty selector selects nothing: endpoints are given by hand', () => {
    const inside = { entrance: 'internal' } as const;
    for (const selector of [undefined, {}]) {
      const app = portolan(manifest(service('cart', { selector }), ready), inside);
      expect(refusal(app, 'http://cart.default.svc/')).toBe('503 NoReadyEndpoints');
    }
  });

  it.each(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'])(
    'a Service may be of type %s',
    (type) => {
      const externalName = type === 'ExternalName' ? 'www.example.com' : undefined;
      expect(messages(portolan(manifest(service('cart', { type, externalName }))))).toEqual([]);
    },
  );

  it('a Service may be of no other type', () => {
    expect(messages(portolan(manifest(service('cart', { type: 'Anycast' }))))).toEqual([
      expect.stringContaining('spec.type: Unsupported value: "Anycast"'),
    ]);
  });
});
