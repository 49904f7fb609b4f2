import type { Service } from '@portolan/core';

/** Whether a Service has no cluster IP, so that DNS gives its endpoints. `clusterIPs` is filled in. */
export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';
}
