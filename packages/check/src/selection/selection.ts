import {
  hasSelector,
  objectKey,
  SelectorIndex,
  selectorFromLabels,
  type Labels,
  type ObjectKey,
  type Service,
} from '@portolan/core';

import type { PodSource } from '../pod-source/pod-source.ts';

/** Which Services select which Pods, those that templates are of among them. */
export interface Selection {
  readonly sourcesOf: (service: Service) => readonly PodSource[];
  readonly isSelected: (source: PodSource) => boolean;
}

/**
 * Whether a Service's selector means anything: one that is an alias in DNS, which shows in that it has no cluster IP and isn't
 * headless either, has no use for it.
 */
export function isSelecting(service: Service): boolean {
  return hasSelector(service) && service.spec.clusterIP !== undefined;
}

/** @param services Admitted ones. */
export function selectionOf(
  services: readonly Service[],
  sources: readonly PodSource[],
): Selection {
  const indexes = new Map<string, SelectorIndex<ObjectKey>>();
  for (const service of services.filter(isSelecting)) {
    const namespace = service.metadata.namespace ?? 'default';
    let index = indexes.get(namespace);
    if (index === undefined) indexes.set(namespace, (index = new SelectorIndex()));
    index.set(objectKey(service), selectorFromLabels(service.spec.selector ?? {}));
  }
  const selected = new Map<ObjectKey, PodSource[]>();
  const found = new Set<PodSource>();
  for (const source of sources) {
    const index = indexes.get(source.namespace);
    const keys = new Set(labelSetsOf(source).flatMap((labels) => index?.matching(labels) ?? []));
    for (const key of keys) {
      found.add(source);
      const list = selected.get(key);
      if (list === undefined) selected.set(key, [source]);
      else list.push(source);
    }
  }
  return {
    sourcesOf: (service) => selected.get(objectKey(service)) ?? [],
    isSelected: (source) => found.has(source),
  };
}

/**
 * The labels that Pods of the source will have. A StatefulSet numbers its Pods, and a Service may select one of them; a Job
 * names itself. The hash of a Deployment's template can't be known.
 */
function labelSetsOf({ manifest: { resource }, labels }: PodSource): readonly Labels[] {
  const { name } = resource.metadata;
  if (resource.kind === 'Job') {
    return [{ ...labels, 'batch.kubernetes.io/job-name': name, 'job-name': name }];
  }
  if (resource.kind !== 'StatefulSet') return [labels];
  const { replicas = 1, ordinals } = resource.spec;
  const first = ordinals?.start ?? 0;
  return Array.from({ length: Math.max(1, replicas) }, (_, offset) => ({
    ...labels,
    'apps.kubernetes.io/pod-index': String(first + offset),
    'statefulset.kubernetes.io/pod-name': `${name}-${first + offset}`,
  }));
}
