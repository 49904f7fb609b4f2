import type { Ingress, Pod, Resource, Service } from '@portolan/core';

/** How many there are of each kind of object. */
export interface Size {
  readonly ingresses: number;
  /** Of each Ingress, which has one host; 1 by default. */
  readonly paths?: number;
  readonly services: number;
  readonly pods: number;
}

const NAMESPACES = 10;

/** A cluster: each Ingress leads to a Service, and the Pods are spread over the Services. */
export function world(size: Size): readonly Resource[] {
  const { ingresses, services, pods } = size;
  return [
    ...Array.from({ length: services }, (_, index) => service(index)),
    ...Array.from({ length: ingresses }, (_, index) => ingressOf(index, size)),
    ...Array.from({ length: pods }, (_, index) => podOf(index, services)),
  ];
}

function service(index: number): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `service-${index}`, namespace: namespaceOf(index) },
    spec: { selector: { app: `app-${index}` }, ports: [{ port: 80, targetPort: 8080 }] },
  };
}

export function ingressOf(index: number, { services, paths = 1 }: Size): Ingress {
  const of = index % services;
  const backend = { service: { name: `service-${of}`, port: { number: 80 } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: `web-${index}`, namespace: namespaceOf(of) },
    spec: {
      rules: [
        {
          host: hostOf(index),
          http: {
            paths: Array.from({ length: paths }, (_, at) => ({
              path: pathOf(at),
              pathType: 'Prefix',
              backend,
            })),
          },
        },
      ],
    },
  };
}

/** Of an Ingress: `/`, `/path-1`, `/path-2`, … */
export function pathOf(at: number): string {
  return at === 0 ? '/' : `/path-${at}`;
}

export function hostOf(index: number): string {
  return `app-${index}.example`;
}

export function podOf(index: number, services: number, isReady = true): Pod {
  const of = index % services;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `pod-${index}`,
      namespace: namespaceOf(of),
      labels: { app: `app-${of}`, 'pod-template-hash': String(index % 7) },
    },
    spec: { containers: [{ name: 'server' }] },
    status: {
      phase: 'Running',
      podIP: addressOf(index),
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
    },
  };
}

/** Of a Pod. */
export function addressOf(index: number): string {
  return `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
}

function namespaceOf(ofService: number): string {
  return `team-${ofService % NAMESPACES}`;
}
