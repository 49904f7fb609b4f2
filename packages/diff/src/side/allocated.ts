import type { Compiled } from '@portolan/compile';
import { canonicalIP, objectKey, type ObjectKey } from '@portolan/core';

/**
 * The cluster IPs that were given out because no manifest fixes them. Which they are is Portolan's affair: on a cluster
 * they are others.
 */
export function allocatedClusterIPs({ manifests, services }: Compiled): ReadonlySet<string> {
  const written = new Map<ObjectKey, ReadonlySet<string>>();
  for (const { resource } of manifests) {
    if (resource.kind !== 'Service') continue;
    const { clusterIP, clusterIPs = [] } = resource.spec;
    const addresses = [...(clusterIP ? [clusterIP] : []), ...clusterIPs];
    written.set(objectKey(resource), new Set(addresses.flatMap((each) => canonicalIP(each) ?? [])));
  }
  return new Set(
    services.flatMap((service) =>
      (service.spec.clusterIPs ?? [])
        .flatMap((each) => canonicalIP(each) ?? [])
        .filter((address) => !written.get(objectKey(service))?.has(address)),
    ),
  );
}
