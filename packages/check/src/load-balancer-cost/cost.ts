import type { ObjectKey, ServicePort } from '@portolan/core';

import { costOf, type Price, type PricedUnit } from './price.ts';

/** A Service that gets a load balancer of its own. */
export interface BalancedService {
  readonly service: ObjectKey;
  readonly ports: readonly Pick<ServicePort, 'port' | 'protocol'>[];
  /** Why an Ingress or a Worker can't take its place; absent: it can. */
  readonly notHTTP?: readonly string[];
}

/** What load balancers cost in a month of 730 hours, before usage and taxes. */
export interface LoadBalancerCost {
  readonly services: readonly BalancedService[];
  readonly loadBalancers: readonly ProviderCost[];
  /** Each is one Worker in place of all Services that can go behind an Ingress. */
  readonly workers: readonly Price[];
}

/** Amounts in the currency of the price. */
export interface ProviderCost extends Price {
  /** With a load balancer for each Service. */
  readonly oneByOne: number;
  /** With one for an Ingress at ports 80 and 443, and one for each Service that can't go behind it. */
  readonly oneIngress: number;
  /** What is left to pay with a Worker: a load balancer for each Service that can't go behind it. */
  readonly besideWorker: number;
}

const INGRESS: BalancedService = {
  service: 'ingress/ingress',
  ports: [{ port: 80 }, { port: 443 }],
};

export function loadBalancerCost(
  services: readonly BalancedService[],
  prices: readonly Price[],
): LoadBalancerCost {
  const left = services.filter(({ notHTTP }) => notHTTP !== undefined);
  // An Ingress of which nothing is behind costs nothing either.
  const withIngress = left.length < services.length ? [INGRESS, ...left] : left;
  return {
    services,
    loadBalancers: prices
      .filter(({ per }) => per !== 'Worker')
      .map((price) => {
        const cost = (each: readonly BalancedService[]): number =>
          costOf(price, unitsOf(each, price.per));
        return {
          ...price,
          oneByOne: cost(services),
          oneIngress: cost(withIngress),
          besideWorker: cost(left),
        };
      }),
    workers: prices.filter(({ per }) => per === 'Worker'),
  };
}

function unitsOf(services: readonly BalancedService[], per: PricedUnit = 'Service'): number {
  switch (per) {
    case 'Port':
      return services.reduce((count, { ports }) => count + ports.length, 0);
    case 'Protocol':
      return services.reduce((count, { ports }) => count + protocolsOf(ports).size, 0);
    case 'Service':
      return services.length;
    case 'Worker':
      return 1;
  }
}

function protocolsOf(ports: BalancedService['ports']): ReadonlySet<string> {
  return new Set(ports.map(({ protocol = 'TCP' }) => protocol));
}
