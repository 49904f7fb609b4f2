import type { Labels } from '@portolan/core';
import type { StoredObject } from '@portolan/store';

/** Which Pods have a label, so that those of a selector are found without visiting every Pod. */
export interface PodIndex {
  readonly add: (pod: StoredObject) => void;
  readonly remove: (pod: StoredObject) => void;
  /** The names of the Pods of a namespace that have all of these labels: at least one. */
  readonly having: (namespace: string, labels: Labels) => readonly string[];
}

export function createPodIndex(): PodIndex {
  const byLabel = new Map<string, Set<string>>();
  const places = (namespace = '', labels: Labels = {}): readonly string[] =>
    Object.entries(labels).map(([key, value]) => `${namespace}/${key}=${value}`);
  return {
    add: (pod) => {
      for (const place of places(pod.metadata.namespace, pod.metadata.labels)) {
        const names = byLabel.get(place);
        if (names === undefined) byLabel.set(place, new Set([pod.metadata.name]));
        else names.add(pod.metadata.name);
      }
    },
    remove: (pod) => {
      for (const place of places(pod.metadata.namespace, pod.metadata.labels)) {
        const names = byLabel.get(place);
        names?.delete(pod.metadata.name);
        if (names?.size === 0) byLabel.delete(place);
      }
    },
    having: (namespace, labels) => {
      const sets = places(namespace, labels).map(
        (place) => byLabel.get(place) ?? new Set<string>(),
      );
      const [fewest, ...others] = sets.toSorted((a, b) => a.size - b.size);
      return [...(fewest ?? [])].filter((name) => others.every((each) => each.has(name)));
    },
  };
}
