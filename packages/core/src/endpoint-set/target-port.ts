import type { Pod } from '../resources/pod.ts';
import type { ServicePort } from '../resources/service.ts';

/**
 * The port of a Pod that a Service port leads to. A name is looked up among the ports of the Pod's containers and then of its
 * sidecars (init containers with `restartPolicy: Always`), and has to have the Service port's protocol. `undefined` where the
 * Pod has no such port.
 *
 * Source: Kubernetes API reference, ServicePort v1 core, `targetPort`.
 */
export function targetPort(pod: Pod, port: ServicePort): number | undefined {
  // The API server reads 0 and '' as absent too.
  const target = port.targetPort || port.port;
  if (typeof target === 'number') return target;
  const sidecars = (pod.spec.initContainers ?? []).filter(
    (container) => container.restartPolicy === 'Always',
  );
  return [...pod.spec.containers, ...sidecars]
    .flatMap((container) => container.ports ?? [])
    .find(({ name, protocol = 'TCP' }) => name === target && protocol === (port.protocol ?? 'TCP'))
    ?.containerPort;
}
