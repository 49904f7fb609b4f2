import type { EndpointSet, ObjectKey } from '@portolan/core';

import type { Answerers } from '../build/answerers.ts';
import { isSameJSON } from '../snapshot/same-json.ts';
import { replaceServices } from '../snapshot/services.ts';
import type { ServiceShards, SnapshotService } from '../snapshot/snapshot.ts';
import { isSameShare, minus, NO_SHARE, plus, type Share } from '../snapshot/version.ts';

/** Who answers for each Service, as a Snapshot has it. */
export class Answering {
  readonly #answerers = new Map<ObjectKey, Answerers>();
  #services: ServiceShards = [];
  #share = NO_SHARE;

  get services(): ServiceShards {
    return this.#services;
  }

  /** What all of them add to the version. */
  get share(): Share {
    return this.#share;
  }

  setsOf(key: ObjectKey): readonly EndpointSet[] {
    return this.#answerers.get(key)?.sets ?? [];
  }

  /**
   * Finds anew who answers for some Services. What comes out as it was stays the very same object.
   *
   * @param find Gives `undefined` for a Service that is not there.
   */
  update(keys: Iterable<ObjectKey>, find: (key: ObjectKey) => Answerers | undefined): void {
    const found = Array.from(keys, (key) => [key, find(key)] as const);
    const changes = new Map<ObjectKey, SnapshotService | undefined>();
    for (const [key, after] of found) {
      const before = this.#answerers.get(key);
      if (before === undefined && after === undefined) continue;
      this.#share = plus(minus(this.#share, before?.share ?? NO_SHARE), after?.share ?? NO_SHARE);
      if (after === undefined) this.#answerers.delete(key);
      else this.#answerers.set(key, before ? sharing(before, after) : after);
      const isSame = before && after && isSameShare(before.share, after.share);
      if (!isSame) changes.set(key, after?.entry);
    }
    if (changes.size > 0) this.#services = replaceServices(this, changes);
  }
}

/** The later ones, with the very objects of the earlier ones where they are the same. */
function sharing(before: Answerers, after: Answerers): Answerers {
  if (!isSameShare(before.share, after.share)) return after;
  return { ...before, sets: isSameJSON(before.sets, after.sets) ? before.sets : after.sets };
}
