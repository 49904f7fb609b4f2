import type { KeyPair } from './certificates.ts';
import type { Place } from './place.ts';

/** A machine with a Pod each for HTTP, Redis and DNS, and with a frontend of every kind. */
export function manifests(
  { node, pods, clusterIPs }: Place,
  secrets: Readonly<Record<string, KeyPair>>,
): string {
  const objects: readonly object[] = [
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'this-machine' },
      status: { addresses: [{ type: 'InternalIP', address: node }] },
    },
    pod('web', pods.web),
    pod('redis', pods.redis),
    pod('names', pods.names),
    // Ready, and on another node: nobody is there.
    pod('far', '127.0.80.99', 'another-machine'),
    service('web', { ports: [{ name: 'http', port: 80, targetPort: 8080 }] }),
    service('redis', {
      type: 'NodePort',
      clusterIP: clusterIPs.redis,
      sessionAffinity: 'ClientIP',
      ports: [{ name: 'redis', port: 6379, nodePort: 30379 }],
    }),
    service('names', {
      type: 'NodePort',
      clusterIP: clusterIPs.names,
      ports: [{ name: 'dns', port: 53, protocol: 'UDP', targetPort: 5300, nodePort: 30053 }],
    }),
    service('far', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 32001,
      loadBalancerClass: 'example.com/somebody-else',
      ports: [{ port: 80, nodePort: 30081 }],
    }),
    service('near', {
      type: 'LoadBalancer',
      selector: { app: 'web' },
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 32002,
      ports: [{ name: 'http', port: 8000, targetPort: 8080, nodePort: 30080 }],
    }),
    service('guarded', {
      type: 'LoadBalancer',
      selector: { app: 'web' },
      loadBalancerSourceRanges: ['198.51.100.0/24'],
      ports: [{ port: 8000, targetPort: 8080 }],
    }),
    service('pets', {
      clusterIP: 'None',
      selector: { app: 'redis' },
      ports: [{ name: 'redis', port: 6379 }],
    }),
    service('elsewhere', { type: 'ExternalName', externalName: 'www.example.com' }),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace: 'shop', name: 'web' },
      spec: {
        tls: Object.keys(secrets).map((name) => ({
          hosts: secrets[name]?.names ?? [],
          secretName: name,
        })),
        rules: ['shop.example', 'secure.example', '*.wild.example'].map((host) => ({
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'web', port: { name: 'http' } } },
              },
            ],
          },
        })),
      },
    },
    ...Object.entries(secrets).map(([name, { cert, key }]) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'shop', name },
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': btoa(cert), 'tls.key': btoa(key) },
    })),
  ];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

function pod(name: string, podIP: string, nodeName: string = 'this-machine'): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name, labels: { app: name } },
    spec: { nodeName, containers: [{ name, image: name }] },
    status: {
      phase: 'Running',
      podIP,
      podIPs: [{ ip: podIP }],
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

function service(name: string, spec: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name },
    spec: { selector: { app: name }, ...spec },
  };
}
