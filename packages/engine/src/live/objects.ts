import type { ObjectKey, Resource } from '@portolan/core';

import { resourceKey } from '../build/sort-resources.ts';
import { EndpointObjects, isEndpointObject } from '../endpoint-objects/endpoint-objects.ts';
import { isReadAlike } from './is-read-alike.ts';
import type { ResourceChange } from './live-build.ts';

/** Objects of one kind make one of the outlines. */
export type OutlineName = 'routes' | 'services';

/** What changes of objects may have made another. */
export interface Consequences {
  /** The Services whose endpoints are to be found anew. */
  readonly services: ReadonlySet<ObjectKey>;
  /** The outlines that are to be worked out anew. */
  readonly outlines: ReadonlySet<OutlineName>;
}

/** The objects that a Snapshot is made of: of each name the last one put. */
export class Objects {
  readonly ofEndpoints: EndpointObjects = new EndpointObjects();
  /** By `resourceKey`. */
  readonly #others = new Map<string, Resource>();

  apply(changes: Iterable<ResourceChange>): Consequences {
    const services = new Set<ObjectKey>();
    const outlines = new Set<OutlineName>();
    const touch = (keys: readonly ObjectKey[]): void => {
      for (const key of keys) services.add(key);
    };
    const outdate = (resource: Resource): void => {
      const name = outlineFor(resource);
      if (name !== undefined) outlines.add(name);
    };
    for (const change of changes) {
      if (!('put' in change)) {
        const { kind, namespace, name } = change.delete;
        const key = `${kind} ${namespace || 'default'}/${name}`;
        touch(this.ofEndpoints.delete(key));
        const before = this.#others.get(key);
        if (before !== undefined) outdate(before);
        this.#others.delete(key);
      } else if (isEndpointObject(change.put)) {
        touch(this.ofEndpoints.put(change.put));
      } else {
        const key = resourceKey(change.put);
        const before = this.#others.get(key);
        this.#others.set(key, change.put);
        if (before === undefined || !isReadAlike(before, change.put)) outdate(change.put);
      }
    }
    return { services, outlines };
  }

  /** Those that an outline is made of. */
  outlined(name: OutlineName): readonly Resource[] {
    return [...this.#others.values()].filter((resource) => outlineFor(resource) === name);
  }

  all(): readonly Resource[] {
    return [...this.#others.values(), ...this.ofEndpoints.all()];
  }
}

function outlineFor({ kind }: Resource): OutlineName | undefined {
  if (kind === 'Service' || kind === 'Node') return 'services';
  // What a Lease says shows in the Pod that holds it; nothing else follows from it, and it is renewed all the time.
  return kind === 'Lease' ? undefined : 'routes';
}
