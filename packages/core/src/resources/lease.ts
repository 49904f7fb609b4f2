import type { KubernetesObject } from './meta.ts';

/** Source: Kubernetes API reference, LeaseSpec v1 coordination.k8s.io. */
export interface LeaseSpec {
  /** Who holds the lease; absent or empty: nobody. */
  readonly holderIdentity?: string;
  /** Seconds after `renewTime` for which the lease holds, more than 0. */
  readonly leaseDurationSeconds?: number;
  /** RFC 3339 with six digits of a second's fraction: when the holder took it. */
  readonly acquireTime?: string;
  /** RFC 3339 with six digits of a second's fraction: when the holder last renewed it. */
  readonly renewTime?: string;
  /** How often the lease went from one holder to another. */
  readonly leaseTransitions?: number;
  /** How a holder is picked where candidates agree on one. */
  readonly strategy?: string;
  /** Whom the holder should make way for. Only with a `strategy`. */
  readonly preferredHolder?: string;
}

/** Says until when its holder can be taken to be there. */
export interface Lease extends KubernetesObject<'coordination.k8s.io/v1', 'Lease'> {
  readonly spec?: LeaseSpec;
}
