import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, endpoints, messages } from '../../../test/answerer/answerer.ts';
import {
  manifest,
  node,
  pod,
  service,
  type KubernetesObject,
} from '../../../test/objects/objects.ts';

describe('Service: type LoadBalancer', () => {
  const pods = [1, 2].map((last) => pod(`cart-${last}`, 'cart', { ip: `10.8.0.${last}` }));
  const balanced = (
    spec: Readonly<Record<string, unknown>> = {},
    addresses: readonly Readonly<Record<string, unknown>>[] = [{ ip: '192.0.2.127' }],
  ): KubernetesObject => ({
    ...service('cart', { type: 'LoadBalancer', clusterIP: '10.96.0.10', ...spec }),
    status: { loadBalancer: { ingress: addresses } },
  });

  it('traffic from the balancer, whose address is in the status, goes to the Pods', () => {
    const app = portolan(manifest(balanced(), pods));
    expect(endpoints(app, 'http://192.0.2.127/')).toEqual(['10.8.0.1:80', '10.8.0.2:80']);
  });

  it('the balancer may be known by a name', () => {
    const app = portolan(manifest(balanced({}, [{ hostname: 'lb.cloud.example' }]), pods));
    expect(answerer(app, 'http://lb.cloud.example/')).toBe('cart');
  });

  it('only the ports of the Service are open there', () => {
    expect(answerer(portolan(manifest(balanced(), pods)), 'http://192.0.2.127:8080/')).toBe(404);
  });

  it('without a balancer there is no address: none is made up', () => {
    const app = portolan(manifest(service('cart', { type: 'LoadBalancer' }), pods));
    expect(app.compiled().services[0]?.status).toBeUndefined();
  });

  it('loadBalancerIP is ignored where no balancer has taken it up', () => {
    const spec = { type: 'LoadBalancer', loadBalancerIP: '192.0.2.200' };
    expect(answerer(portolan(manifest(service('cart', spec), pods)), 'http://192.0.2.200/')).toBe(
      404,
    );
  });

  it('the Service has a node port and a cluster IP as well', () => {
    const objects = manifest(
      balanced({ ports: [{ port: 80, nodePort: 30007 }] }),
      pods,
      node('one', '192.0.2.1'),
    );
    expect(answerer(portolan(objects), 'http://192.0.2.1:30007/')).toBe('cart');
    const inside = portolan(objects, { entrance: 'internal' });
    expect(answerer(inside, 'http://10.96.0.10/')).toBe('cart');
  });

  it.each([
    ['is allocated unless said otherwise', undefined, expect.any(Number)],
    ['is not allocated with allocateLoadBalancerNodePorts: false', false, undefined],
  ])('a node port %s', (_, allocateLoadBalancerNodePorts, nodePort) => {
    const app = portolan(manifest(balanced({ allocateLoadBalancerNodePorts }), pods));
    expect(app.compiled().services[0]?.spec.ports?.[0]?.nodePort).toEqual(nodePort);
    expect(answerer(app, 'http://192.0.2.127/')).toBe('cart');
  });

  it('ports of different protocols are allowed', () => {
    const ports = ['TCP', 'UDP'].map((protocol) => ({
      name: protocol.toLowerCase(),
      port: 53,
      protocol,
    }));
    expect(messages(portolan(manifest(balanced({ ports }), pods)))).toEqual([]);
  });

  it.each(['internal-vip', 'example.com/internal-vip'])(
    'loadBalancerClass may be %s, a label-style name',
    (loadBalancerClass) => {
      expect(messages(portolan(manifest(balanced({ loadBalancerClass }), pods)))).toEqual([]);
    },
  );

  it('loadBalancerClass may not be anything else, nor stand on another type of Service', () => {
    expect(
      messages(portolan(manifest(balanced({ loadBalancerClass: 'an internal vip' })))),
    ).toEqual([expect.stringContaining('spec.loadBalancerClass: Invalid value')]);
    const spec = { type: 'NodePort', loadBalancerClass: 'internal-vip' };
    expect(messages(portolan(manifest(service('cart', spec))))).toEqual([
      expect.stringContaining('spec.loadBalancerClass: Forbidden'),
    ]);
  });

  it('ipMode may be VIP or Proxy, and is VIP unless said otherwise', () => {
    const modeOf = (address: Readonly<Record<string, unknown>>): unknown =>
      portolan(manifest(balanced({}, [address]))).compiled().services[0]?.status?.loadBalancer
        ?.ingress?.[0]?.ipMode;
    expect(modeOf({ ip: '192.0.2.127' })).toBe('VIP');
    expect(modeOf({ ip: '192.0.2.127', ipMode: 'Proxy' })).toBe('Proxy');
  });
});
