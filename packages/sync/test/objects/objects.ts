import type { NewObject } from '@portolan/store';

type Metadata = NewObject['metadata'];

let made = 0;

function metadata(name: string, namespace: string | undefined, rest: Partial<Metadata>): Metadata {
  made += 1;
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    uid: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...rest,
  };
}

/** Objects as a cluster has them, with what is of no interest to anybody else. */
export function service(
  name: string,
  { namespace = 'shop', clusterIP = '10.96.0.10', port = 80, ...rest }: ServiceParts = {},
): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(name, namespace, {
      labels: { app: name },
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
      finalizers: ['service.kubernetes.io/load-balancer-cleanup'],
      managedFields: [{ manager: 'kubectl', operation: 'Update' }],
    }),
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      selector: { app: name },
      ports: [{ name: 'http', port, protocol: 'TCP', targetPort: 8080 }],
      ...rest,
    },
    status: { loadBalancer: {} },
  };
}

interface ServiceParts {
  readonly namespace?: string;
  readonly clusterIP?: string;
  readonly port?: number;
  readonly [field: string]: unknown;
}

export function endpointSlice(
  owner: string,
  addresses: readonly string[],
  { namespace = 'shop', suffix = 'abcde' }: { namespace?: string; suffix?: string } = {},
): NewObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: metadata(`${owner}-${suffix}`, namespace, {
      labels: {
        'kubernetes.io/service-name': owner,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': '2026-01-01T00:00:00Z' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name: owner, uid: 'of-another' }],
    }),
    addressType: 'IPv4',
    endpoints: addresses.map((address) => ({
      addresses: [address],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: 'node-a',
    })),
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  };
}

export function ingress(name: string, host: string, backend: string): NewObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata(name, 'shop', { annotations: { 'portolan.dev/timeout': '3s' } }),
    spec: {
      ingressClassName: 'portolan',
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: backend, port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '203.0.113.1' }] } },
  };
}

export function ingressClass(name: string): NewObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: metadata(name, undefined, {}),
    spec: { controller: 'portolan.dev/portolan' },
  };
}

export function node(name: string, heartbeat = '2026-01-01T00:00:00Z'): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: metadata(name, undefined, {
      labels: { 'topology.kubernetes.io/zone': 'a' },
      annotations: { heartbeat },
    }),
    spec: { podCIDR: '10.244.0.0/24', podCIDRs: ['10.244.0.0/24'], providerID: 'x' },
    status: {
      addresses: [{ type: 'InternalIP', address: '192.168.0.1' }],
      conditions: [
        { type: 'Ready', status: 'True', reason: 'KubeletReady', lastHeartbeatTime: heartbeat },
        { type: 'MemoryPressure', status: 'False', lastHeartbeatTime: heartbeat },
      ],
      images: [{ names: ['a'], sizeBytes: 1 }],
      nodeInfo: { kernelVersion: '6' },
    },
  };
}

/** What is in it must never leave the cluster. */
export const PRIVATE_KEY = 'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t';

export function tlsSecret(name: string, type = 'kubernetes.io/tls'): NewObject {
  const data = { 'tls.crt': 'LS0t', 'tls.key': PRIVATE_KEY };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata(name, 'shop', {
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ data }) },
    }),
    type,
    data,
  };
}
