import {
  hasSelector,
  objectKey,
  objectReference,
  SelectorIndex,
  selectorFromLabels,
  targetPort,
} from '@portolan/core';
import type { Container, ObjectKey, Pod, Service, ServicePort } from '@portolan/core';

/** The TCP ports of the Services that select a Pod. */
export type SelectingPorts = (pod: Pod) => readonly ServicePort[];

/** Finds the Services of a Pod without trying each of them. No two have the same namespace and name. */
export function selectingPorts(services: readonly Service[]): SelectingPorts {
  const ports = new Map(
    services.map((service) => [objectKey(service), (service.spec.ports ?? []).filter(isTCP)]),
  );
  const indexes = new Map<string, SelectorIndex<ObjectKey>>();
  for (const service of services.filter(hasSelector)) {
    const { namespace } = objectReference(service);
    const index = indexes.get(namespace) ?? new SelectorIndex<ObjectKey>();
    index.set(objectKey(service), selectorFromLabels(service.spec.selector ?? {}));
    indexes.set(namespace, index);
  }
  return (pod) => {
    const keys = indexes.get(objectReference(pod).namespace)?.matching(pod.metadata.labels ?? {});
    return (keys ?? []).flatMap((key) => ports.get(key) ?? []);
  };
}

/**
 * The TCP ports that a Pod answers at, ascending: those that its containers and sidecars declare, and those that Services
 * which select it send to, since `containerPort` is for information only.
 */
export function portsOf(pod: Pod, selecting: SelectingPorts): readonly number[] {
  const sidecars = (pod.spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const declared = [...pod.spec.containers, ...sidecars].flatMap(containerPorts);
  const targeted = selecting(pod)
    .map((port) => targetPort(pod, port))
    .filter((port) => port !== undefined);
  return [...new Set([...declared, ...targeted])].toSorted((a, b) => a - b);
}

function containerPorts({ ports = [] }: Container): readonly number[] {
  return ports.filter(isTCP).map(({ containerPort }) => containerPort);
}

function isTCP({ protocol = 'TCP' }: Pick<ServicePort, 'protocol'>): boolean {
  return protocol === 'TCP';
}
