import type { KubernetesObject } from './meta.ts';

/** A machine of the cluster, narrowed to what routing reads. */
export interface Node extends KubernetesObject<'v1', 'Node'> {
  readonly spec?: { readonly podCIDRs?: readonly string[] };
  readonly status?: {
    readonly addresses?: readonly {
      readonly type: 'InternalIP' | 'ExternalIP' | 'Hostname' | 'InternalDNS' | 'ExternalDNS';
      readonly address: string;
    }[];
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: 'True' | 'False' | 'Unknown';
    }[];
  };
}

/** The label that names a node's zone. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone';
/** The label that names a node's host. */
export const HOSTNAME_LABEL = 'kubernetes.io/hostname';
