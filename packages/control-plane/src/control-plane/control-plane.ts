import type { CompileOptions } from '@portolan/compile';
import type { Condition } from '@portolan/core';
import type { AuditEvent, KubeAPI, Token } from '@portolan/kube-api';
import type { Store } from '@portolan/store';

import type { EntranceAddress } from '../controllers/ingress-status/ingress-status-controller.ts';
import type { SnapshotFeed } from '../feed/snapshot-feed.ts';
import type { LoadBalancerProvider } from '../load-balancers/provider.ts';
import type { ApplyManifests } from '../manifests/apply-manifests.ts';
import type { Holdoff } from '../publisher/holdoff.ts';

export interface ControlPlaneOptions extends Omit<CompileOptions, 'resources'> {
  /** Stays open when the control plane is closed. */
  readonly store: Store;
  /** Who may call the API; none: nobody may. */
  readonly tokens: readonly Token[];
  /** What stands before `/api` in paths: `/.portolan/kube` by default. */
  readonly prefix?: string;
  /** Where clients reach what serves the Snapshots, for the status of Ingresses; without it none is written. */
  readonly addresses?: readonly EntranceAddress[];
  /**
   * Who gives addresses to Services that want a load balancer. A Service without a class is the first one's. A Service of no
   * provider here keeps the status that it is given.
   */
  readonly loadBalancers?: readonly LoadBalancerProvider[];
  /** How long changes are gathered before a Snapshot is made of them. */
  readonly holdoff?: Holdoff;
  /** For how many Snapshots `since` knows what has changed; 100 by default. */
  readonly history?: number;
  /**
   * From when on Leases could be renewed, in milliseconds since 1970: none runs out before it held for its duration from then.
   * By default from when the control plane begins; 0 where renewals wake it, as in a Durable Object.
   */
  readonly leasesSince?: number;
  /** Is told of each request that would write, and what came of it. */
  readonly audit?: (event: AuditEvent) => void;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
  /** Is told of what failed and was tried again or left: a warning for people. */
  readonly warn?: (message: string) => void;
}

/** The API, the controllers behind it, and the Snapshots that come of it all. */
export interface ControlPlane extends SnapshotFeed {
  readonly fetch: KubeAPI['fetch'];
  /** What stands before `/api` in paths. */
  readonly prefix: string;
  /** Brings manifests in as all that a source has. In the audit log it is `system:manifests` that does it. */
  readonly applyManifests: ApplyManifests;
  /**
   * What is to be said of the objects that the Snapshot is made of: which conflict, what refers to nothing. It costs as much as
   * there are objects.
   */
  readonly conditions: () => readonly Condition[];
  /**
   * Resolves when all that has been committed so far is in the Snapshot and in what the controllers derive, and providers of load
   * balancers have been asked once: what they fail at or refuse is not waited for.
   */
  readonly settled: () => Promise<void>;
  /** Ends it all. What is committed stays in the store. */
  readonly close: () => Promise<void>;
}
