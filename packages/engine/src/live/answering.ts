import type { ObjectKey } from '@portolan/core';

import type { Answerers } from '../build/answerers.ts';
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
      else if (before === undefined || !isSameShare(before.share, after.share)) {
        this.#answerers.set(key, after);
      } else continue;
      changes.set(key, after?.entry);
    }
    if (changes.size > 0) this.#services = replaceServices(this, changes);
  }
}
