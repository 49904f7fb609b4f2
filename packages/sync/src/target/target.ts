import * as Context from 'effect/Context';
import type * as Effect from 'effect/Effect';

import type { Line } from '../mirror/mirror.ts';
import type { BulkHeader, BulkResult } from './bulk-write.ts';
import type { LeaseObject } from './lease-object.ts';
import type { TargetFault } from './target-fault.ts';

/** The control plane that objects are sent to. */
export interface Target {
  /** The checkpoint that it is at for the source; null where it knows nothing of it. */
  readonly checkpoint: Effect.Effect<string | null, TargetFault>;
  /** A fault with the code 409 where it is at another checkpoint than `since`. */
  readonly write: (
    header: BulkHeader,
    lines: readonly Line[],
  ) => Effect.Effect<BulkResult, TargetFault>;
  /** The Lease of those who send; `undefined` where there is none. */
  readonly lease: Effect.Effect<LeaseObject | undefined, TargetFault>;
  /** Creates the Lease, or replaces the one of the same resourceVersion. A fault with the code 409 where it is another by now. */
  readonly putLease: (lease: LeaseObject) => Effect.Effect<LeaseObject, TargetFault>;
}

export const Target: Context.Service<Target, Target> = Context.Service('@portolan/sync/Target');
