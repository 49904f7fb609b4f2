import { compareText, objectKey, type ObjectKey, type Service } from '@portolan/core';

import { findingAt, relatedPlace } from '../finding/at.ts';
import { isLoadBalanced } from '../load-balanced/load-balanced.ts';
import { whyNotHTTP } from '../port-protocol/port-protocol.ts';
import { routedPorts, type IsRouted } from '../port-protocol/routed-ports.ts';
import { listed } from '../sentence/sentence.ts';
import type { Rule } from '../subject/subject.ts';
import { loadBalancerCost, type BalancedService, type LoadBalancerCost } from './cost.ts';
import { PRICES } from './prices.ts';

/** What a load balancer for each Service costs, said once, at the first of several. */
export const loadBalancersOneByOne: Rule = (subject) => {
  const { compiled, manifests, prices = PRICES } = subject;
  const isRouted = routedPorts(subject);
  const balanced = compiled.services
    .filter(isLoadBalanced)
    .flatMap((service) => {
      const manifest = manifests.find('Service', objectKey(service));
      if (manifest === undefined) return [];
      const { line } = manifest.locate('');
      return { manifest, line, service: balancedService(service, isRouted) };
    })
    .toSorted((a, b) => compareText(a.manifest.file, b.manifest.file) || a.line - b.line);
  const [first] = balanced;
  if (first === undefined || balanced.length < 2) return [];
  const services = balanced.map(({ service }) => service);
  const cost = loadBalancerCost(services, prices);
  const able = services.flatMap(({ service, notHTTP }) => (notHTTP ? [] : service));
  const left = balanced.flatMap(({ manifest, service: { notHTTP } }) =>
    notHTTP ? { manifest, reason: notHTTP.join(', ') } : [],
  );
  return [
    findingAt(first.manifest, 'spec.type', 'LoadBalancerCost', {
      message: messageOf(cost, able),
      cost,
      ...(able.length > 1 && { remedy: `lead to ${listed(able)} by one Ingress` }),
      related: left
        .slice(0, MOST_RELATED)
        .map(({ manifest, reason }) =>
          relatedPlace(manifest, 'spec.ports', `needs one of its own: ${reason}`),
        ),
    }),
  ];
};

const MOST_RELATED = 10;

function balancedService(service: Service, isRouted: IsRouted): BalancedService {
  const ports = service.spec.ports ?? [];
  const notHTTP = ports.flatMap((port) =>
    isRouted(service, port.port) ? [] : (whyNotHTTP(port) ?? []),
  );
  return {
    service: objectKey(service),
    ports: ports.map(({ port, protocol = 'TCP' }) => ({ port, protocol })),
    ...(notHTTP.length > 0 && { notHTTP }),
  };
}

/** @param able The Services that can go behind an Ingress. */
function messageOf(
  { services, loadBalancers, workers }: LoadBalancerCost,
  able: readonly ObjectKey[],
): string {
  const left = services.flatMap(({ service, notHTTP }) => (notHTTP ? service : []));
  const ways = WAYS.slice(0, able.length === 0 ? 1 : left.length === 0 ? 2 : 3);
  const amounts = loadBalancers.map((each) => {
    const sums = ways.map(({ amount }) => each[amount].toFixed(2)).join(' / ');
    return `${each.name} ${sums} ${each.currency}`;
  });
  const plans = able.length === 0 ? [] : workers;
  return [
    `${services.length} Services get a load balancer each`,
    ...(amounts.length > 0
      ? [`a month ${ways.map(({ name }) => name).join(' / ')}: ${amounts.join(', ')}`]
      : []),
    ...plans.map((each) => `one Worker: ${each.name} ${each.monthly.toFixed(2)} ${each.currency}`),
    ...(amounts.length + plans.length > 0 ? ['usage comes on top'] : []),
    ...(left.length > 0 ? [`no Ingress and no Worker takes the place of ${listed(left)}`] : []),
  ].join('; ');
}

const WAYS = [
  { name: 'one by one', amount: 'oneByOne' },
  { name: 'with one Ingress', amount: 'oneIngress' },
  { name: 'beside one Worker', amount: 'besideWorker' },
] as const;
