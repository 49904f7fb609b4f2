import type { Effect } from 'effect/Effect';

import { isRefused } from '../cluster/cluster-fault.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Followed, Via } from '../followed/followed.ts';
import type { Mirror } from '../mirror/mirror.ts';
import type { Observer } from '../reflector/observer.ts';
import { reflect } from '../reflector/reflector.ts';
import type { Timing } from '../reflector/timing.ts';
import type { BulkScope } from '../target/bulk-write.ts';
import { trim } from '../trim/trim.ts';
import { isHeadless, viaClusterIP } from '../via-cluster-ip/via-cluster-ip.ts';
import { keyOf, type ClusterObject } from '../watch/cluster-object.ts';
import type { FollowedStatus } from './status.ts';

export interface FollowingOptions {
  readonly via: Via;
  readonly mirror: Mirror;
  readonly timing: Timing;
  /** Is told of each change of `status`, and why it is. */
  readonly onStatus: (status: FollowedStatus) => void;
}

/** One resource, followed. */
export interface Following {
  readonly scope: BulkScope;
  readonly status: () => FollowedStatus;
  readonly isListed: () => boolean;
  /** With `via: 'cluster-ip'`: headless Services, as `namespace/name`. */
  readonly headless: () => readonly string[];
  readonly run: Effect<never, never, Cluster>;
}

/** Hands the objects of one resource to the mirror. */
export function follow(
  followed: Followed,
  { via, mirror, timing, onStatus }: FollowingOptions,
): Following {
  const { type, namespace } = followed;
  const scope: BulkScope = { resource: type.id, ...(namespace !== undefined && { namespace }) };
  const known = new Set<string>();
  const headless = new Set<string>();
  let state: FollowedStatus['state'] = 'listing';
  let message: string | undefined;
  let isListed = false;

  const status = (): FollowedStatus => ({
    ...scope,
    state,
    objects: known.size,
    ...(message !== undefined && { message }),
  });
  const put = (object: ClusterObject): void => {
    const key = keyOf(object);
    const trimmed = trim(type, object);
    known.add(key);
    if (via === 'pods' || type.kind !== 'Service')
      return mirror.set(`${type.id}/${key}`, [trimmed]);
    if (isHeadless(trimmed)) headless.add(key);
    else headless.delete(key);
    mirror.set(`${type.id}/${key}`, viaClusterIP(trimmed));
  };
  const removeKey = (key: string): void => {
    known.delete(key);
    headless.delete(key);
    mirror.set(`${type.id}/${key}`, []);
  };
  const observer: Observer = {
    put,
    remove: (object) => removeKey(keyOf(object)),
    replace: (objects) => {
      const gone = new Set(known);
      for (const object of objects) {
        put(object);
        gone.delete(keyOf(object));
      }
      for (const key of gone) removeKey(key);
      isListed = true;
    },
    watching: () => {
      state = 'watching';
      message = undefined;
      onStatus(status());
    },
    fail: (fault) => {
      state = isRefused(fault) ? 'refused' : 'failing';
      message = fault.message;
      onStatus(status());
    },
  };
  return {
    scope,
    status,
    isListed: () => isListed,
    headless: () => [...headless],
    run: reflect(followed, observer, timing),
  };
}
