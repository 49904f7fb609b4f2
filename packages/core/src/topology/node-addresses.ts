import { formatIP, parseIP } from '../address/ip.ts';
import { validateDNS1123Subdomain } from '../names/dns-1123.ts';
import type { Node } from '../resources/node.ts';

/**
 * Every address at which a node can be knocked at, of whichever type (`InternalIP`, `ExternalIP`, `Hostname`, `InternalDNS`,
 * `ExternalDNS`), with the node's name: IP literals in canonical form, DNS names in lower case without the trailing dot. Of
 * two nodes that claim one address the first has it.
 *
 * Source: Kubernetes API reference, NodeAddress v1 core.
 */
export function nodeAddresses(nodes: readonly Node[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { metadata, status } of nodes) {
    // Nobody checks a status: an entry may lack its address, or be none.
    for (const entry of status?.addresses ?? []) {
      const host = hostOf(entry?.address ?? '');
      if (host !== undefined && !found.has(host)) found.set(host, metadata.name);
    }
  }
  return found;
}

/** A node may carry anything as its hostname; what is no DNS name can't be knocked at. */
function hostOf(address: string): string | undefined {
  const ip = parseIP(address);
  if (ip !== undefined) return formatIP(ip);
  const name = address.toLowerCase().replace(/\.$/, '');
  return validateDNS1123Subdomain(name).length === 0 ? name : undefined;
}
