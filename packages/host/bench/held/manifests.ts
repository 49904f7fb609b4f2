/** How many Services there are, and the Pods that all of them share. */
export interface Scale {
  readonly services: number;
  readonly pods: readonly string[];
  readonly node: string;
}

/** The first node port. */
export const FIRST_NODE_PORT = 30_000;

/** The node port of the Service that is another with each turn. */
export function turningPort({ services }: Scale, turn: number): number {
  return FIRST_NODE_PORT + services + (turn % 2);
}

/**
 * Services with a node port each, an Ingress that leads to the first, and one Service more that `turn` makes another each time: its
 * node port comes and goes.
 *
 * @param changed What makes all of the Services others than with another number.
 */
export function manifests(scale: Scale, turn: number, changed = 0): string {
  const { services, pods, node } = scale;
  const objects: readonly object[] = [
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'this-machine' },
      status: { addresses: [{ type: 'InternalIP', address: node }] },
    },
    ...pods.map((podIP, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `pod-${index}`, labels: { app: 'web' } },
      spec: { nodeName: 'this-machine', containers: [{ name: 'web', image: 'web' }] },
      status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] },
    })),
    ...Array.from({ length: services }, (_, index) =>
      service(`service-${index}`, FIRST_NODE_PORT + index, changed),
    ),
    service('turning', turningPort(scale, turn)),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web' },
      spec: { defaultBackend: { service: { name: 'service-0', port: { number: 80 } } } },
    },
  ];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

function service(name: string, nodePort: number, changed = 0): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      type: 'NodePort',
      selector: { app: 'web' },
      publishNotReadyAddresses: changed % 2 === 1,
      ports: [{ port: 80, targetPort: 8080, nodePort }],
    },
  };
}
