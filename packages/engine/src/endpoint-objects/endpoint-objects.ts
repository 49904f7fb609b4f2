import {
  objectKey,
  SERVICE_NAME_LABEL,
  ServiceSelectors,
  type Endpoints,
  type EndpointSetSources,
  type EndpointSlice,
  type ObjectKey,
  type Pod,
  type Resource,
  type Service,
} from '@portolan/core';

import { resourceKey } from '../build/sort-resources.ts';

/** An object that endpoints come from. */
export type EndpointObject = Endpoints | EndpointSlice | Pod;

export function isEndpointObject(resource: Resource): resource is EndpointObject {
  return (
    resource.kind === 'Pod' || resource.kind === 'EndpointSlice' || resource.kind === 'Endpoints'
  );
}

/**
 * The objects that endpoints come from, by the Services that they are for. What a change costs follows from the Services
 * that it is about, not from how many there are.
 */
export class EndpointObjects {
  readonly #objects = new Map<string, EndpointObject>();
  readonly #selectors = new ServiceSelectors();
  /** By Service, then as above. */
  readonly #ofServices = new Map<ObjectKey, Map<string, EndpointObject>>();

  /** Adds an object, or replaces the one of its name. Gives the Services that it is for, or was. */
  put(object: EndpointObject): readonly ObjectKey[] {
    const key = resourceKey(object);
    const before = this.delete(key);
    const now = this.#servicesOf(object);
    this.#objects.set(key, object);
    for (const service of now) this.#add(service, key, object);
    return [...before, ...now];
  }

  /**
   * Gives the Services that the object was for.
   *
   * @param key As `resourceKey` has it.
   */
  delete(key: string): readonly ObjectKey[] {
    const object = this.#objects.get(key);
    if (object === undefined) return [];
    const before = this.#servicesOf(object);
    this.#objects.delete(key);
    for (const service of before) this.#remove(service, key);
    return before;
  }

  /** Takes note of the selectors of Services that are new, have another one, or are gone. */
  select(services: ReadonlyMap<ObjectKey, Service | undefined>): void {
    const changed = new ServiceSelectors();
    for (const [key, service] of services) {
      for (const [each, { kind }] of this.#ofServices.get(key) ?? []) {
        if (kind === 'Pod') this.#remove(key, each);
      }
      if (service === undefined) {
        this.#selectors.delete(key);
      } else {
        this.#selectors.set(service);
        changed.set(service);
      }
    }
    for (const [key, object] of this.#objects) {
      if (object.kind !== 'Pod') continue;
      for (const service of changed.matching(object)) this.#add(service, key, object);
    }
  }

  /** What the endpoints of a Service are to be found in. */
  sourcesOf(service: ObjectKey): Omit<EndpointSetSources, 'nodes'> {
    const objects = [...(this.#ofServices.get(service)?.values() ?? [])];
    return {
      pods: objects.filter((object) => object.kind === 'Pod'),
      slices: objects.filter((object) => object.kind === 'EndpointSlice'),
      endpoints: objects.find((object) => object.kind === 'Endpoints'),
    };
  }

  all(): readonly EndpointObject[] {
    return [...this.#objects.values()];
  }

  #servicesOf(object: EndpointObject): readonly ObjectKey[] {
    switch (object.kind) {
      case 'Pod':
        return this.#selectors.matching(object);
      case 'EndpointSlice': {
        const { namespace = 'default', labels } = object.metadata;
        const service = labels?.[SERVICE_NAME_LABEL];
        return service === undefined ? [] : [`${namespace}/${service}`];
      }
      case 'Endpoints':
        return [objectKey(object)];
    }
  }

  #add(service: ObjectKey, key: string, object: EndpointObject): void {
    const objects = this.#ofServices.get(service);
    if (objects === undefined) this.#ofServices.set(service, new Map([[key, object]]));
    else objects.set(key, object);
  }

  #remove(service: ObjectKey, key: string): void {
    const objects = this.#ofServices.get(service);
    objects?.delete(key);
    if (objects?.size === 0) this.#ofServices.delete(service);
  }
}
