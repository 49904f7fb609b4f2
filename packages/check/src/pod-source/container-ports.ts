import type { ContainerPort, PodSpec } from '@portolan/core';

/** With what `core` doesn't read of it. Source: Kubernetes API reference, ContainerPort v1 core. */
export interface DeclaredPort extends ContainerPort {
  /** The port of the node that it is had at. */
  readonly hostPort?: number;
}

/** The ports that a Pod's containers and sidecars declare. */
export function declaredPorts({
  containers,
  initContainers = [],
}: PodSpec): readonly DeclaredPort[] {
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...containers, ...sidecars].flatMap(({ ports = [] }) => ports);
}

/** `8080 (http)`, `53 (dns, UDP)`. */
export function portText({ containerPort, name, protocol = 'TCP' }: ContainerPort): string {
  const about = [...(name ? [name] : []), ...(protocol === 'TCP' ? [] : [protocol])];
  return about.length === 0 ? String(containerPort) : `${containerPort} (${about.join(', ')})`;
}
