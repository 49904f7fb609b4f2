import type { Resource } from '@portolan/core';

import type { Build } from '../build/build.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** What became of an object. */
export type ResourceChange =
  /** It is new, or other than before. */
  | { readonly put: Resource }
  /** It is gone. Where the kind has no namespaces, `namespace` is absent. */
  | { readonly delete: Deleted };

/** The name of an object that is gone. */
export interface Deleted {
  readonly kind: string;
  /** `default` where absent or empty, as on kinds that have no namespaces. */
  readonly namespace?: string;
  readonly name: string;
}

/** A Snapshot that follows the objects it is made of. */
export interface LiveBuild {
  /**
   * Makes the changes, one after the other, and gives the Snapshot that comes of them: the one that `Engine.build` makes of
   * the same objects. What is as before is shared with the Snapshot before; where all is, it is that same Snapshot.
   *
   * Pods, EndpointSlices and Endpoints cost no more than the Services that they are for. A Service or a Node has the frontends and
   * what is allocated worked out anew, any other object the routes.
   */
  readonly apply: (changes: Iterable<ResourceChange>) => Snapshot;
  readonly snapshot: () => Snapshot;
  /** The Snapshot and all that is to be said of the objects, which costs as much as there are objects. */
  readonly build: () => Build;
}
