import { canonicalIP, validateDNS1123Subdomain } from '@portolan/core';
import type { Frontend, LoadBalancerIngress, Service, ServicePort } from '@portolan/core';

import { sourceRangesOf } from './source-ranges.ts';

/**
 * Where clients may knock from outside: at the addresses, IPs and names, that the provider wrote into
 * `status.loadBalancer.ingress`, each at every port for which it reports no error. What is no address is passed over, since
 * a status is the provider's and not the author's fault.
 *
 * `ipMode` makes no difference here. It tells kube-proxy whether clients inside the cluster may be short-cut to the endpoints
 * (`VIP`) or have to go out through the balancer (`Proxy`); these frontends are for clients outside, and stand where the
 * balancer does: source ranges are checked here, and the balancer's choice of a node with endpoints is ours (`anyNode`).
 *
 * Source: Kubernetes API reference, LoadBalancerIngress v1 core; KEP-1860.
 */
export function frontends(service: Service): readonly Frontend[] {
  const { spec, status } = service;
  const ranges = sourceRangesOf(service).map(({ cidr }) => cidr);
  return (status?.loadBalancer?.ingress ?? []).flatMap((ingress) =>
    hostsOf(ingress).flatMap((host) =>
      (spec.ports ?? [])
        .filter((port) => isOpen(port, ingress))
        .map(({ port, protocol = 'TCP', name: portName = '' }): Frontend => ({
          entrance: 'external',
          host,
          port,
          protocol,
          portName,
          trafficPolicy: spec.externalTrafficPolicy ?? 'Cluster',
          anyNode: true,
          ...(ranges.length > 0 && { sourceRanges: ranges }),
        })),
    ),
  );
}

function hostsOf({ ip = '', hostname = '' }: LoadBalancerIngress): readonly string[] {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return [
    canonicalIP(ip) ?? [],
    validateDNS1123Subdomain(name).length === 0 && canonicalIP(name) === undefined ? name : [],
  ].flat();
}

/** Not, where the provider says that it could not open this port. */
function isOpen({ port, protocol = 'TCP' }: ServicePort, { ports }: LoadBalancerIngress): boolean {
  const reported = ports?.find((each) => each.port === port && each.protocol === protocol);
  return !reported?.error;
}
