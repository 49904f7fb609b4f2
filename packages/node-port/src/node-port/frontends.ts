import { formatIP, parseIP, validateDNS1123Subdomain } from '@portolan/core';
import type { Frontend, Node, Service, ServiceContext } from '@portolan/core';

/**
 * Where clients may knock from outside: every address of every node, of whichever type (`InternalIP`, `ExternalIP`,
 * `Hostname`, `InternalDNS`, `ExternalDNS`), at the Service's node ports. Addresses of an IP family that the Service has not
 * are left out, as by kube-proxy.
 *
 * Source: Kubernetes API reference, NodeAddress v1 core; Service, `type: NodePort`.
 */
export function frontends({ spec }: Service, { nodes }: ServiceContext): readonly Frontend[] {
  const ports = (spec.ports ?? []).filter(({ nodePort }) => nodePort);
  return nodes.flatMap((node) =>
    hostsOf(node, spec.ipFamilies ?? []).flatMap((host) =>
      ports.map(({ nodePort = 0, protocol = 'TCP', name: portName = '' }): Frontend => ({
        entrance: 'external',
        host,
        port: nodePort,
        protocol,
        portName,
        trafficPolicy: spec.externalTrafficPolicy ?? 'Cluster',
        node: node.metadata.name,
      })),
    ),
  );
}

function hostsOf(node: Node, families: readonly string[]): readonly string[] {
  const hosts = (node.status?.addresses ?? []).flatMap(({ address }) => {
    const ip = parseIP(address);
    if (ip === undefined) return hostOf(address) ?? [];
    return families.includes(ip.family) ? formatIP(ip) : [];
  });
  return [...new Set(hosts)];
}

/** A node may carry anything as its hostname; what is no DNS name can't be knocked at. */
function hostOf(address: string): string | undefined {
  const name = address.toLowerCase().replace(/\.$/, '');
  return validateDNS1123Subdomain(name).length === 0 ? name : undefined;
}
