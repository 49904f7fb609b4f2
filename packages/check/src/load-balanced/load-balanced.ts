import type { Service } from '@portolan/core';

/**
 * Whether a provider is to give the Service a load balancer: only then it has this field, and when it is admitted it always has.
 *
 * @param service An admitted one.
 */
export function isLoadBalanced({ spec }: Service): boolean {
  return spec.allocateLoadBalancerNodePorts !== undefined;
}
