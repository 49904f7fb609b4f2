import type { Endpoints, EndpointSlice } from './endpoints.ts';
import type { Ingress, IngressClass } from './ingress.ts';
import type { Lease } from './lease.ts';
import type { KubernetesObject } from './meta.ts';
import type { Node } from './node.ts';
import type { Pod } from './pod.ts';
import type { Service } from './service.ts';
import type { Workload } from './workload.ts';

export interface Namespace extends KubernetesObject<'v1', 'Namespace'> {}

/** Of type `kubernetes.io/tls` where an Ingress names it. */
export interface Secret extends KubernetesObject<'v1', 'Secret'> {
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

export interface ConfigMap extends KubernetesObject<'v1', 'ConfigMap'> {
  readonly data?: Readonly<Record<string, string>>;
}

/** Every object that this project reads. Other kinds are passed over, and listed as such. */
export type Resource =
  | ConfigMap
  | Endpoints
  | EndpointSlice
  | Ingress
  | IngressClass
  | Lease
  | Namespace
  | Node
  | Pod
  | Secret
  | Service
  | Workload;
