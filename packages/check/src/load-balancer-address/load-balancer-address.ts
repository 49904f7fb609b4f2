import { objectKey, type Service } from '@portolan/core';
import type { Target } from '@portolan/proxy';

import { findingAt } from '../finding/at.ts';
import { isHostTarget } from '../host-target/host-target.ts';
import { isLoadBalanced } from '../load-balanced/load-balanced.ts';
import type { Rule } from '../subject/subject.ts';

/** Services that wait for a provider to give them an address. */
export const loadBalancersWithoutAddress: Rule = ({ compiled, manifests, target }) =>
  compiled.services.flatMap((service) => {
    const { ports = [] } = service.spec;
    const manifest = manifests.find('Service', objectKey(service));
    if (manifest === undefined || !isLoadBalanced(service)) return [];
    if (service.status?.loadBalancer?.ingress?.length) return [];
    const wanted = service.spec.loadBalancerIP;
    const address = wanted ? `the address ${wanted}` : 'an address';
    const hasNodePorts = ports.some(({ nodePort }) => nodePort);
    return findingAt(
      manifest,
      wanted ? 'spec.loadBalancerIP' : 'spec.type',
      'LoadBalancerWithoutAddress',
      {
        message: hasNodePorts
          ? `no provider has given it ${address}: from outside it answers at its node ports only`
          : `no provider has given it ${address}, and it has no node ports: from outside it is reached by routes only`,
        remedy: canBeGivenHere(service, target)
          ? 'start portolan serve with --load-balancer-address, or copy status.loadBalancer from the cluster'
          : 'copy status.loadBalancer from the cluster to serve its address too',
      },
    );
  });

/** A host gives addresses of its own, to Services of its class or of none. */
function canBeGivenHere(
  { spec: { loadBalancerClass } }: Service,
  target: Target | undefined,
): boolean {
  const isOurs = loadBalancerClass === undefined || loadBalancerClass === 'portolan.dev/host';
  return isOurs && isHostTarget(target);
}
