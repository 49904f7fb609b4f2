import type { DescribedRequest } from '@portolan/explain';

/** What everything that the playground shows follows from: what a permalink holds. Plain JSON. */
export interface Scenario {
  /** YAML, several documents: as a file would hold them. */
  readonly manifests: string;
  readonly request: DescribedRequest;
  readonly pods: PodChanges;
}

/** What became of Pods since the manifests were read. What isn't listed is as the manifests have it. */
export interface PodChanges {
  /** By `namespace/name`. */
  readonly pods: Readonly<Record<string, PodChange>>;
  /** By `Kind namespace/name`, such as `Deployment shop/cart`: how many Pods it is to have, 0 to 50. */
  readonly replicas: Readonly<Record<string, number>>;
}

export interface PodChange {
  /** Absent: it runs. */
  readonly state?: PodState;
  /** In place of its own. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * - `failing`: its readiness probe fails: it is alive, and no longer ready.
 * - `refusing`: it refuses connections, and nobody has noticed yet: it still counts as ready.
 * - `draining`: it was deleted and finishes its work: terminating, still serving.
 */
export type PodState = 'failing' | 'refusing' | 'draining';

export const NO_CHANGES: PodChanges = { pods: {}, replicas: {} };
