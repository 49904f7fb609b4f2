import {
  hasSelector,
  objectKey,
  selectorFromLabels,
  SelectorIndex,
  type ObjectKey,
  type Pod,
  type Service,
} from '@portolan/core';

/** Finds the Services that select a Pod. One without a selector selects none: its endpoints are given by hand. */
export class Selectors {
  readonly #byNamespace = new Map<string, SelectorIndex<ObjectKey>>();

  /** Adds a Service's selector, or replaces the one that it had. */
  set(service: Service): void {
    const key = objectKey(service);
    if (!hasSelector(service)) {
      this.delete(key);
      return;
    }
    const namespace = service.metadata.namespace ?? 'default';
    let index = this.#byNamespace.get(namespace);
    if (index === undefined) this.#byNamespace.set(namespace, (index = new SelectorIndex()));
    index.set(key, selectorFromLabels(service.spec.selector ?? {}));
  }

  delete(key: ObjectKey): void {
    const [namespace = ''] = key.split('/');
    this.#byNamespace.get(namespace)?.delete(key);
  }

  matching({ metadata: { namespace = 'default', labels = {} } }: Pod): readonly ObjectKey[] {
    return this.#byNamespace.get(namespace)?.matching(labels) ?? [];
  }
}
