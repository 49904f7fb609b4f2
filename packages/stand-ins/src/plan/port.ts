import { matchesSelector, selectorFromLabels, targetPort } from '@portolan/core';
import type { Container, Pod, Selector, Service, ServicePort } from '@portolan/core';

/** What a Service with a selector says of the Pods behind it. */
export interface SelectingService {
  readonly namespace: string;
  readonly selector: Selector;
  /** Those over TCP. */
  readonly ports: readonly ServicePort[];
}

/** The Services that select Pods. */
export function selectingServices(services: readonly Service[]): readonly SelectingService[] {
  return services.flatMap(({ metadata, spec: { selector = {}, ports = [] } }) =>
    Object.keys(selector).length === 0
      ? []
      : {
          namespace: metadata.namespace ?? 'default',
          selector: selectorFromLabels(selector),
          ports: ports.filter(isTCP),
        },
  );
}

/**
 * The TCP ports that a Pod answers at, ascending: those that its containers and sidecars declare, and those that Services
 * which select it send to, since `containerPort` is for information only.
 */
export function portsOf(pod: Pod, services: readonly SelectingService[]): readonly number[] {
  const { namespace = 'default', labels = {} } = pod.metadata;
  const sidecars = (pod.spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const declared = [...pod.spec.containers, ...sidecars].flatMap(containerPorts);
  const targeted = services
    .filter((each) => each.namespace === namespace && matchesSelector(each.selector, labels))
    .flatMap(({ ports }) => ports.map((port) => targetPort(pod, port)))
    .filter((port) => port !== undefined);
  return [...new Set([...declared, ...targeted])].toSorted((a, b) => a - b);
}

function containerPorts({ ports = [] }: Container): readonly number[] {
  return ports.filter(isTCP).map(({ containerPort }) => containerPort);
}

function isTCP({ protocol = 'TCP' }: Pick<ServicePort, 'protocol'>): boolean {
  return protocol === 'TCP';
}
