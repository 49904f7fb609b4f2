import type { BulkScope, Refusal } from '../target/bulk-write.ts';

/** How it stands with one resource of the cluster. */
export interface FollowedStatus extends BulkScope {
  /**
   * `listing`: not known yet. `watching`: known, and changes are followed. `refused`: the cluster doesn't allow it, or doesn't
   * have it. `failing`: it can't be reached; what was known counts on.
   */
  readonly state: 'failing' | 'listing' | 'refused' | 'watching';
  readonly objects: number;
  /** What went wrong last, while it does. */
  readonly message?: string;
}

/** How it stands with a sync. */
export interface SyncStatus {
  readonly source: string;
  readonly followed: readonly FollowedStatus[];
  /** Objects that the control plane is to hold. */
  readonly objects: number;
  /** Whether this one sends; one of several side by side does. */
  readonly isHolder: boolean;
  /** Who sends, as far as it is known. */
  readonly holder?: string;
  /** Whether the control plane holds all that is known here. */
  readonly isSettled: boolean;
  /** The checkpoint that it is at. */
  readonly checkpoint?: string;
  /** Objects that it did not take, and why. */
  readonly refused: readonly Refusal[];
  /** With `via: 'cluster-ip'`: headless Services, as `namespace/name`. They have no address at which they could be reached. */
  readonly headless: readonly string[];
  /** What went wrong with the control plane last, while it does. */
  readonly failure?: string;
}
