import { objectKey, type ObjectKey } from '../resources/meta.ts';
import type { Pod } from '../resources/pod.ts';
import { hasSelector, type Service } from '../resources/service.ts';
import { selectorFromLabels } from '../selector/selector.ts';
import { SelectorIndex } from './selector-index.ts';

/** Finds the Services that select a Pod. One without a selector selects none: its endpoints are given by hand. */
export class ServiceSelectors {
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

  matching({
    metadata: { namespace = 'default', labels = {} },
  }: Pick<Pod, 'metadata'>): readonly ObjectKey[] {
    return this.#byNamespace.get(namespace)?.matching(labels) ?? [];
  }
}
