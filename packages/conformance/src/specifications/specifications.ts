import { dns } from './dns/specification.ts';
import { ingressAPI } from './ingress-api/specification.ts';
import { ingressControllerConformance } from './ingress-controller-conformance/specification.ts';
import { ingress } from './ingress/specification.ts';
import { serviceAPI } from './service-api/specification.ts';
import { service } from './service/specification.ts';
import type { Specification } from './specification.ts';
import { virtualIPs } from './virtual-ips/specification.ts';

/** What is tested, in the order of the page. */
export const specifications: readonly Specification[] = [
  ingress,
  ingressAPI,
  ingressControllerConformance,
  service,
  serviceAPI,
  virtualIPs,
  dns,
];
