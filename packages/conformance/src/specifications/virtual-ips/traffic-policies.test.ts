import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { endpoints, messages, refusal } from '../../../test/answerer/answerer.ts';
import {
  ingress,
  type KubernetesObject,
  manifest,
  node,
  pod,
  service,
  to,
} from '../../../test/objects/objects.ts';

describe('Virtual IPs: Internal traffic policy', () => {
  const url = 'http://cart.default.svc/';
  const from = (client: string, internalTrafficPolicy?: string): Portolan =>
    portolan(
      manifest(
        service('cart', { internalTrafficPolicy }),
        pod('cart-1', 'cart', { ip: '10.8.0.1', spec: { nodeName: 'one' } }),
        pod('cart-2', 'cart', { ip: '10.8.0.2', spec: { nodeName: 'two' } }),
        pod('cart-3', 'cart', { ip: '10.8.0.3', spec: { nodeName: 'two' }, ready: false }),
      ),
      { entrance: 'internal', node: client },
    );

  it.each([
    ['with Cluster', 'Cluster'],
    ['without a policy', undefined],
  ])('%s traffic goes to all ready endpoints', (_, policy) => {
    expect(endpoints(from('one', policy), url)).toEqual(['10.8.0.1:80', '10.8.0.2:80']);
  });

  it('with Local traffic goes to the ready endpoints of the node that it comes from', () => {
    expect(endpoints(from('one', 'Local'), url)).toEqual(['10.8.0.1:80']);
    expect(endpoints(from('two', 'Local'), url)).toEqual(['10.8.0.2:80']);
  });

  it('with Local traffic from a node without endpoints goes nowhere', () => {
    expect(refusal(from('three', 'Local'), url)).toBe('503 NoReadyEndpoints');
  });

  it('there is no third policy', () => {
    expect(messages(from('one', 'Zone'))).toEqual([
      expect.stringContaining('spec.internalTrafficPolicy: Unsupported value: "Zone"'),
    ]);
  });
});

describe('Virtual IPs: External traffic policy', () => {
  const serving = (externalTrafficPolicy?: string): Portolan =>
    portolan(
      manifest(
        ['one', 'two', 'three'].map((name, index) => node(name, `192.0.2.${index + 1}`)),
        {
          ...service('cart', {
            type: 'LoadBalancer',
            externalTrafficPolicy,
            ports: [{ port: 80, nodePort: 30007 }],
          }),
          status: { loadBalancer: { ingress: [{ ip: '192.0.2.127' }] } },
        },
        pod('cart-1', 'cart', { ip: '10.8.0.1', spec: { nodeName: 'one' } }),
        pod('cart-2', 'cart', { ip: '10.8.0.2', spec: { nodeName: 'two' } }),
        pod('cart-3', 'cart', { ip: '10.8.0.3', spec: { nodeName: 'two' }, ready: false }),
        ingress({ defaultBackend: to('cart') }),
      ),
    );
  const ready = ['10.8.0.1:80', '10.8.0.2:80'];

  it.each([
    ['with Cluster', 'Cluster'],
    ['without a policy', undefined],
  ])('%s traffic goes to all ready endpoints', (_, policy) => {
    expect(endpoints(serving(policy), 'http://192.0.2.3:30007/')).toEqual(ready);
  });

  it('with Local traffic goes to the ready endpoints of the node that it reaches', () => {
    expect(endpoints(serving('Local'), 'http://192.0.2.1:30007/')).toEqual(['10.8.0.1:80']);
    expect(endpoints(serving('Local'), 'http://192.0.2.2:30007/')).toEqual(['10.8.0.2:80']);
  });

  it('with Local traffic that reaches a node without endpoints goes nowhere', () => {
    expect(refusal(serving('Local'), 'http://192.0.2.3:30007/')).toBe('503 NoReadyEndpoints');
  });

  it.each([
    ['a balancer', 'http://192.0.2.127/'],
    ['an Ingress controller', 'http://foo.bar.com/'],
  ])('which node %s picks is its own affair: here any with a ready endpoint', (_, url) => {
    expect(endpoints(serving('Local'), url)).toEqual(ready);
  });

  it('with Local a load balancer has a port at which nodes tell whether they have endpoints', () => {
    const [admitted] = serving('Local').compiled().services;
    expect(admitted?.spec.healthCheckNodePort).toBeGreaterThanOrEqual(30000);
    expect(serving('Cluster').compiled().services[0]?.spec.healthCheckNodePort).toBeUndefined();
  });
});

describe('Virtual IPs: Traffic to terminating endpoints', () => {
  const url = 'http://192.0.2.1:30007/';
  const on = (
    nodeName: string,
    last: number,
    { terminating = false, ready = true } = {},
  ): KubernetesObject =>
    pod(`cart-${last}`, 'cart', {
      ip: `10.8.0.${last}`,
      ready,
      spec: { nodeName },
      metadata: {
        labels: { app: 'cart' },
        ...(terminating && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
      },
    });
  const serving = (...pods: readonly KubernetesObject[]): Portolan =>
    portolan(
      manifest(
        node('one', '192.0.2.1'),
        node('two', '192.0.2.2'),
        service('cart', {
          type: 'NodePort',
          externalTrafficPolicy: 'Local',
          ports: [{ port: 80, nodePort: 30007 }],
        }),
        pods,
      ),
    );

  it('with Local a node forwards to its terminating endpoints where it has no others', () => {
    const app = serving(on('one', 1, { terminating: true }), on('two', 2));
    expect(endpoints(app, url)).toEqual(['10.8.0.1:80']);
  });

  it('with Local a node forwards to those of its endpoints that do not terminate where there are any', () => {
    const app = serving(on('one', 1, { terminating: true }), on('one', 2));
    expect(endpoints(app, url)).toEqual(['10.8.0.2:80']);
  });

  it('a terminating endpoint that no longer serves gets nothing', () => {
    const app = serving(on('one', 1, { terminating: true, ready: false }));
    expect(refusal(app, url)).toBe('503 NoReadyEndpoints');
  });
});
