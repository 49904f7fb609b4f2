import type { ObjectKey, Resource } from '@portolan/core';

import { resourceKey } from '../build/sort-resources.ts';
import { EndpointObjects, isEndpointObject } from '../endpoint-objects/endpoint-objects.ts';
import { isReadAlike } from './is-read-alike.ts';
import type { ResourceChange } from './live-build.ts';

/** What changes of objects may have made another. */
export interface Consequences {
  /** The Services whose endpoints are to be found anew. */
  readonly services: ReadonlySet<ObjectKey>;
  /** Whether all that follows from other objects is to be worked out anew. */
  readonly isOutlineStale: boolean;
}

/** The objects that a Snapshot is made of: of each name the last one put. */
export class Objects {
  readonly ofEndpoints: EndpointObjects = new EndpointObjects();
  /** By `resourceKey`. */
  readonly #others = new Map<string, Resource>();

  apply(changes: Iterable<ResourceChange>): Consequences {
    const services = new Set<ObjectKey>();
    let isOutlineStale = false;
    const touch = (keys: readonly ObjectKey[]): void => {
      for (const key of keys) services.add(key);
    };
    for (const change of changes) {
      if (!('put' in change)) {
        const { kind, namespace, name } = change.delete;
        const key = `${kind} ${namespace || 'default'}/${name}`;
        touch(this.ofEndpoints.delete(key));
        const before = this.#others.get(key);
        if (before !== undefined && isOutlined(before)) isOutlineStale = true;
        this.#others.delete(key);
      } else if (isEndpointObject(change.put)) {
        touch(this.ofEndpoints.put(change.put));
      } else {
        const key = resourceKey(change.put);
        const before = this.#others.get(key);
        this.#others.set(key, change.put);
        const isNew = before === undefined || !isReadAlike(before, change.put);
        if (isNew && isOutlined(change.put)) isOutlineStale = true;
      }
    }
    return { services, isOutlineStale };
  }

  /** Those that more than endpoints may follow from. */
  outlined(): readonly Resource[] {
    return [...this.#others.values()].filter(isOutlined);
  }

  all(): readonly Resource[] {
    return [...this.#others.values(), ...this.ofEndpoints.all()];
  }
}

/** What a Lease says shows in the Pod that holds it; nothing else follows from it, and it is renewed all the time. */
function isOutlined({ kind }: Resource): boolean {
  return kind !== 'Lease';
}
