import type { ClusterFault } from '../cluster/cluster-fault.ts';
import type { ClusterObject } from '../watch/cluster-object.ts';

/** Who is told of the objects. Synchronous: an event is done with before the next is read. */
export interface Observer {
  /** These are all there are. */
  readonly replace: (objects: Iterable<ClusterObject>) => void;
  readonly put: (object: ClusterObject) => void;
  readonly remove: (object: ClusterObject) => void;
  /** All is known, and changes are told as they come. */
  readonly watching: () => void;
  /** It failed, and will be tried again. What is known so far stays. */
  readonly fail: (fault: ClusterFault) => void;
}
