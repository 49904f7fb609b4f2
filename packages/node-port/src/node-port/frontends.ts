import { EVERY_NODE } from '@portolan/core';
import type { Frontend, Service } from '@portolan/core';

/**
 * Where clients may knock from outside: at every address of every node, at the Service's node ports. Addresses of an IP
 * family that the Service has not don't count, as with kube-proxy.
 *
 * Source: Kubernetes, Service, `type: NodePort`.
 */
export function frontends({ spec }: Service): readonly Frontend[] {
  return (spec.ports ?? []).flatMap(({ nodePort, protocol = 'TCP', name: portName = '' }) =>
    nodePort
      ? {
          entrance: 'external',
          host: EVERY_NODE,
          port: nodePort,
          protocol,
          portName,
          trafficPolicy: spec.externalTrafficPolicy ?? 'Cluster',
        }
      : [],
  );
}
