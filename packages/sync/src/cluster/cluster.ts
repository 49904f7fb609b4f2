import type { Readable } from 'node:stream';

import * as Context from 'effect/Context';
import type * as Effect from 'effect/Effect';
import type * as Scope from 'effect/Scope';

import type { ClusterFault } from './cluster-fault.ts';

/** A GET of the cluster's API. */
export interface ClusterRequest {
  /** `/api/v1/services` */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Media types, as for `Accept`. */
  readonly accept: string;
}

/** The API of the cluster that is followed. */
export interface Cluster {
  /**
   * The content of a successful answer; it is there until the scope ends, which closes its connection.
   * An answer that is no success is a fault. After a 401 the credentials are read again for the next request.
   */
  readonly get: (request: ClusterRequest) => Effect.Effect<Readable, ClusterFault, Scope.Scope>;
}

export const Cluster: Context.Service<Cluster, Cluster> = Context.Service('@portolan/sync/Cluster');
