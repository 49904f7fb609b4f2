import {
  hasSelector,
  objectKey,
  selectorFromLabels,
  SelectorIndex,
  type ObjectKey,
  type Pod,
  type Service,
} from '@portolan/core';

/**
 * The Pods that each Service selects, in the order given. A Service without a selector selects none: its endpoints are
 * given by hand.
 */
export function selectedPods(
  services: readonly Service[],
  pods: readonly Pod[],
): ReadonlyMap<ObjectKey, readonly Pod[]> {
  const indexes = new Map<string, SelectorIndex<ObjectKey>>();
  for (const service of services) {
    if (!hasSelector(service)) continue;
    const namespace = service.metadata.namespace ?? 'default';
    let index = indexes.get(namespace);
    if (index === undefined) indexes.set(namespace, (index = new SelectorIndex()));
    index.set(objectKey(service), selectorFromLabels(service.spec.selector ?? {}));
  }
  const selected = new Map<ObjectKey, Pod[]>();
  for (const pod of pods) {
    const index = indexes.get(pod.metadata.namespace ?? 'default');
    for (const key of index?.matching(pod.metadata.labels ?? {}) ?? []) {
      const list = selected.get(key);
      if (list === undefined) selected.set(key, [pod]);
      else list.push(pod);
    }
  }
  return selected;
}
