import type { Size } from '../change/world.ts';

/** As many Services as Ingresses, of ten Pods each; two paths in each Ingress. */
export function sizeFor(ingresses: number): Size {
  return { ingresses, services: ingresses, pods: 10 * ingresses, paths: 2 };
}
