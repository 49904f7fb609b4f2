import { describe, expect, it } from 'vitest';

import { shop } from '../../test/shop.ts';
import type { DescribedRequest } from '../request/described-request.ts';
import { explain } from './explain.ts';

const snapshot = shop();

function remedyFor(url: string, more: Partial<DescribedRequest> = {}): string | undefined {
  return explain(snapshot, { url, ...more }).remedy;
}

describe('what would have to change', () => {
  it('is nothing where the request is forwarded, or where the message says it all', () => {
    expect(remedyFor('http://shop.example/cart')).toBeUndefined();
    expect(remedyFor('http://shop.example/%zz')).toBeUndefined();
    expect(remedyFor('http://203.0.113.10/')).toBeUndefined();
  });

  it('is the host, to one of those that have rules: the most alike first', () => {
    expect(remedyFor('http://a.b.shop.example/')).toBe(
      'no rule is for this host, and there is no default backend; there are rules for *.shop.example, shop.example',
    );
  });

  it('is the path, to one of those that the host has rules for', () => {
    const few = shop({}, onlyRule('few.example', '/few'));
    expect(explain(few, { url: 'http://few.example/many' }).remedy).toBe(
      'there are rules for few.example, but none takes this request, and there is no default backend',
    );
  });

  it('is everything where there is no rule at all', () => {
    const none = shop({ routeProviders: [] });
    expect(explain(none, { url: 'http://shop.example/' }).remedy).toBe(
      'there is no rule, and no default backend',
    );
  });

  it('is the side that the client comes from, where a Service answers on the other', () => {
    expect(remedyFor('http://10.96.0.10/')).toBe(
      '10.96.0.10 answers from inside the cluster at port 80 (Service shop/cart)',
    );
  });

  it('is the port, where a Service answers at others', () => {
    expect(remedyFor('http://192.0.2.1/')).toBe(
      '192.0.2.1 answers from outside the cluster at port 30080 (Service shop/office), port 30081 (Service shop/open), port 30082 (Service shop/partners)',
    );
    expect(remedyFor('http://10.96.0.10:81/', { entrance: 'internal' })).toBe(
      '10.96.0.10 answers from inside the cluster at port 80 (Service shop/cart)',
    );
  });

  it('is to name a Service, where the client is inside and names a host of rules', () => {
    expect(remedyFor('http://shop.example/cart', { entrance: 'internal' })).toBe(
      'inside the cluster Services answer at their own names and addresses, such as cart.shop.svc.cluster.local:80; rules are for what comes from outside',
    );
  });

  it('is the Service, to one that there is: the most alike first', () => {
    expect(remedyFor('http://shop.example/')).toBe(
      'create it; or name one that namespace shop has: sticky, search, secret, secure, cart and 9 more',
    );
  });

  it('is the Service’s namespace, where another has one of the name', () => {
    const elsewhere = shop(
      {},
      `
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: other }
spec: { selector: { app: storefront }, ports: [{ port: 80 }] }
`,
    );
    expect(explain(elsewhere, { url: 'http://shop.example/' }).remedy).toMatch(
      /; or move it: there is one in other$/,
    );
  });

  it('is the port of the backend, to one that the Service has', () => {
    expect(remedyFor('http://shop.example/port')).toBe(
      'name a port that Service shop/cart has: 80',
    );
  });

  it('is to have Pods', () => {
    expect(remedyFor('http://shop.example/nobody')).toBe(
      'Service shop/nobody has no endpoint at this port: no Pod with the labels of its selector has the target port, and no EndpointSlice names an address',
    );
  });

  it('is that Pods become ready', () => {
    expect(remedyFor('http://shop.example/search')).toBe(
      'a Pod must become ready; these are not: search-0, search-1',
    );
  });

  it('is the node, where the policy is Local', () => {
    expect(remedyFor('http://192.0.2.1:30080/')).toBe(
      'the traffic policy is Local: only endpoints on the node where the request arrives may answer, and they are on node-b',
    );
  });
});

function onlyRule(host: string, path: string): string {
  return `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: only, namespace: shop }
spec:
  rules:
  - host: ${host}
    http:
      paths:
      - { path: ${path}, pathType: Prefix, backend: { service: { name: cart, port: { number: 80 } } } }
`;
}
