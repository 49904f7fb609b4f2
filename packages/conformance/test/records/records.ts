import { compile, type CompileOptions } from 'portolan';

import { manifest, type KubernetesObject } from '../objects/objects.ts';

/**
 * The DNS records of Services as lines of a zone, sorted: `cart.shop.svc.cluster.local A 10.96.0.1`. Of an SRV record port
 * and target are told; priority and weight are not prescribed.
 */
export function records(
  objects: readonly KubernetesObject[],
  options: CompileOptions = {},
): readonly string[] {
  return compile(manifest(objects), options)
    .dnsRecords.map((record) => {
      const owner = `${record.name} ${record.type}`;
      if (record.type === 'SRV') return `${owner} ${record.port} ${record.target}`;
      return 'address' in record ? `${owner} ${record.address}` : `${owner} ${record.target}`;
    })
    .toSorted();
}
