import type { Service } from '@portolan/core';

/** Whether a Service has no cluster IP, so that DNS gives its endpoints. `clusterIPs` is filled in. */
export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';
}

/** Whether a Service's endpoints are selected, and not given by hand. */
export function isSelecting({ spec }: Service): boolean {
  return Object.keys(spec.selector ?? {}).length > 0;
}
