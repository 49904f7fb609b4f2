import {
  addressScope,
  compareText,
  formatIP,
  parseIP,
  validateDNS1123Subdomain,
} from '@portolan/core';
import type { IPFamily, Node, Service } from '@portolan/core';

import type { Refusal } from './refusal.ts';

/** One node as Cloudflare reaches it. */
export interface Origin {
  /** The node's name. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  readonly enabled: boolean;
}

/** Source: Kubernetes, Well-Known Labels, Annotations and Taints. */
const EXCLUDE_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Each node with an address that Cloudflare reaches, at the node port, by name. */
export function originsOf(
  { spec }: Service,
  nodes: readonly Node[],
  nodePort: number,
): readonly Origin[] | Refusal {
  const families = spec.ipFamilies ?? ['IPv4'];
  const origins = nodes.flatMap((node): Origin[] => {
    const { name, labels } = node.metadata;
    const address = labels?.[EXCLUDE_LABEL] === undefined ? addressOf(node, families) : undefined;
    return address === undefined
      ? []
      : [{ name, address, port: nodePort, weight: 1, enabled: true }];
  });
  if (origins.length === 0) {
    return {
      reason: 'NoExternalAddress',
      message: `No node has an ExternalIP (${families.join(', ')}) or ExternalDNS address; Cloudflare reaches no InternalIP.`,
    };
  }
  return origins.toSorted((a, b) => compareText(a.name, b.name));
}

/** One is enough for a node: the first of the Service's families that it has, else its name. */
function addressOf({ status }: Node, families: readonly IPFamily[]): string | undefined {
  const addresses = (status?.addresses ?? []).filter((entry) => entry?.address);
  for (const family of families) {
    for (const { type, address } of addresses) {
      const ip = type === 'ExternalIP' ? parseIP(address) : undefined;
      if (ip === undefined || ip.family !== family) continue;
      const scope = addressScope(ip);
      if (scope === 'public' || scope === 'documentation') return formatIP(ip);
    }
  }
  return addresses
    .filter(({ type }) => type === 'ExternalDNS')
    .map(({ address }) => address.toLowerCase().replace(/\.$/, ''))
    .find((name) => validateDNS1123Subdomain(name).length === 0);
}
