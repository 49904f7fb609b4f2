import { describe, expect, it } from 'vitest';

import {
  codesOf,
  documents,
  findingsOf,
  ingress,
  path,
  rule,
  service,
  told,
} from '../../test/manifests.ts';
import type { LoadBalancerCost } from './cost.ts';
import type { Price } from './price.ts';

const CODE = 'LoadBalancerCost';
const EACH: Price = { name: 'Each', monthly: 10, currency: 'EUR' };
const WORKER: Price = { name: 'Mine', monthly: 7, currency: 'EUR', per: 'Worker' };

function balanced(name: string, ...ports: readonly object[]): object {
  return service(name, {
    type: 'LoadBalancer',
    ports: ports.map((port, index) => ({ name: `p${index}`, ...port })),
  });
}

const API = balanced('api', { port: 80 });
const WEB = balanced('web', { port: 80 }, { port: 443 });
const DNS = balanced('dns', { port: 53, protocol: 'UDP' }, { port: 53 });

function costOf(text: string, ...prices: readonly Price[]): LoadBalancerCost | undefined {
  return findingsOf(text, { prices }).find(({ code }) => code === CODE)?.cost;
}

describe('what several load balancers cost', () => {
  it('is said once, at the first, beside what an Ingress and a Worker cost in their place', () => {
    expect(told(CODE, documents(API, WEB), { prices: [EACH, WORKER] })).toEqual([
      {
        at: expect.stringMatching(/^"type":"LoadBalancer"/u),
        severity: 'notice',
        field: 'spec.type',
        message:
          '2 Services get a load balancer each; a month one by one / with one Ingress: Each 20.00 / 10.00 EUR; one Worker: Mine 7.00 EUR; usage comes on top',
        remedy: 'lead to shop/api and shop/web by one Ingress',
      },
    ]);
  });

  it('has one for each Service besides that does not speak HTTP', () => {
    expect(told(CODE, documents(API, DNS, WEB), { prices: [EACH, WORKER] })).toMatchObject([
      {
        message:
          '3 Services get a load balancer each; a month one by one / with one Ingress / beside one Worker: Each 30.00 / 20.00 / 10.00 EUR; one Worker: Mine 7.00 EUR; usage comes on top; no Ingress and no Worker takes the place of shop/dns',
        related: [expect.stringMatching(/^"ports":/u)],
      },
    ]);
  });

  it('is nothing to be said of one alone, or of Services of other types', () => {
    expect(codesOf(documents(API))).not.toContain(CODE);
    const others = [service('a', { type: 'NodePort' }), service('b')];
    expect(codesOf(documents(API, ...others))).not.toContain(CODE);
  });

  it('is said at the first place, whatever the Services are called', () => {
    const found = findingsOf(documents(WEB, API)).find(({ code }) => code === CODE);
    expect(found?.object?.name).toBe('web');
  });

  it('is told as data too: what each Service is, and all amounts with their prices', () => {
    const cost = costOf(documents(API, DNS), EACH, WORKER);
    expect(cost).toEqual({
      services: [
        { service: 'shop/api', ports: [{ port: 80, protocol: 'TCP' }] },
        {
          service: 'shop/dns',
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
          notHTTP: ['port 53 carries UDP', 'nothing says that port 53 speaks HTTP'],
        },
      ],
      loadBalancers: [{ ...EACH, oneByOne: 20, oneIngress: 20, besideWorker: 10 }],
      workers: [WORKER],
    });
  });

  it('has no Ingress to pay where nothing can go behind it', () => {
    const text = documents(DNS, balanced('db', { port: 5432 }));
    expect(costOf(text, EACH)?.loadBalancers).toMatchObject([
      { oneByOne: 20, oneIngress: 20, besideWorker: 20 },
    ]);
    expect(told(CODE, text, { prices: [EACH, WORKER] })[0]).toEqual(
      expect.not.objectContaining({ remedy: expect.anything() }),
    );
    expect(told(CODE, text, { prices: [EACH, WORKER] })[0]?.message).toBe(
      '2 Services get a load balancer each; a month one by one: Each 20.00 EUR; usage comes on top; no Ingress and no Worker takes the place of shop/dns and shop/db',
    );
  });

  it('needs no prices to say which load balancers there are', () => {
    expect(told(CODE, documents(API, WEB), { prices: [] })[0]?.message).toBe(
      '2 Services get a load balancer each',
    );
  });
});

describe('a Service can go behind an Ingress', () => {
  it('where one leads to its ports already, whatever they are called', () => {
    const app = balanced('web', { port: 3000 });
    const routes = ingress('web', {
      rules: [rule('shop.example', path('/', { port: { number: 3000 } }))],
    });
    const isLeft = (...objects: readonly object[]): unknown =>
      costOf(documents(API, app, ...objects), EACH)?.services.map(({ notHTTP }) => notHTTP);
    expect(isLeft()).toEqual([undefined, ['nothing says that port 3000 speaks HTTP']]);
    expect(isLeft(routes)).toEqual([undefined, undefined]);
  });
});

describe('a price counts', () => {
  it.each([
    ['Service', 3, 2],
    ['Protocol', 4, 3],
    ['Port', 5, 4],
  ] as const)('%s', (per, oneByOne, oneIngress) => {
    const price: Price = { ...EACH, per, monthly: 1 };
    // With one Ingress: the Ingress at two ports, and the DNS server at two, over two protocols.
    expect(costOf(documents(API, WEB, DNS), price)?.loadBalancers).toMatchObject([
      { oneByOne, oneIngress },
    ]);
  });
});
