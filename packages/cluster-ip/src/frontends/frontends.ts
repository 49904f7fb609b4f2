import { canonicalIP, parseIP, serviceDomainName } from '@portolan/core';
import type { Entrance, Frontend, Service, ServiceContext, TrafficPolicy } from '@portolan/core';

import { isHeadless } from '../headless/headless.ts';

/**
 * Where clients may knock at a ClusterIP Service: inside the cluster at its cluster IPs and at its DNS names, from outside at
 * its `externalIPs`. A headless Service has no frontend.
 *
 * The names are `service.namespace.svc.cluster-domain`, and the two short forms that a Pod of any namespace can use by its
 * DNS search list: `service.namespace.svc` and `service.namespace`. The bare name of a Service means another one in each
 * namespace, so nothing answers to it.
 *
 * Source: Kubernetes, DNS for Services and Pods.
 */
export function frontends(service: Service, context: ServiceContext): readonly Frontend[] {
  if (isHeadless(service)) return [];
  const { clusterIPs = [], internalTrafficPolicy, externalTrafficPolicy } = service.spec;
  const names = [
    serviceDomainName(service, context),
    `${service.metadata.name}.${service.metadata.namespace ?? 'default'}.svc`,
    `${service.metadata.name}.${service.metadata.namespace ?? 'default'}`,
  ];
  const addresses = clusterIPs.flatMap((ip) => canonicalIP(ip) ?? []);
  return [
    ...atHosts('internal', [...addresses, ...names], service, internalTrafficPolicy),
    ...atHosts('external', externalAddresses(service), service, externalTrafficPolicy),
  ];
}

/** Those of the Service's own IP families, as kube-proxy takes them. */
function externalAddresses({ spec }: Service): readonly string[] {
  const addresses = (spec.externalIPs ?? []).flatMap((text) => {
    const family = parseIP(text)?.family;
    return family && spec.ipFamilies?.includes(family) ? (canonicalIP(text) ?? []) : [];
  });
  return [...new Set(addresses)];
}

function atHosts(
  entrance: Entrance,
  hosts: readonly string[],
  { spec }: Service,
  trafficPolicy: TrafficPolicy = 'Cluster',
): readonly Frontend[] {
  return hosts.flatMap((host) =>
    (spec.ports ?? []).map(({ port, protocol = 'TCP', name: portName = '' }) => ({
      entrance,
      host,
      port,
      protocol,
      portName,
      trafficPolicy,
    })),
  );
}
