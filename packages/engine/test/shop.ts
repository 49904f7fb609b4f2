import { clusterIP } from '@portolan/cluster-ip';
import type {
  EndpointSlice,
  Ingress,
  IngressRule,
  Node,
  Pod,
  PodStatus,
  Resource,
  Service,
  ServiceSpec,
} from '@portolan/core';
import { externalName } from '@portolan/external-name';
import { ingress } from '@portolan/ingress';
import { loadBalancer } from '@portolan/load-balancer';
import { nodePort } from '@portolan/node-port';

import {
  createEngine,
  type Build,
  type Engine,
  type EngineOptions,
  type RequestFacts,
} from '../src/index.ts';

/** The objects that the tests of this package are about: a small shop. */
export function service(name: string, spec: ServiceSpec, more: Partial<Service> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    ...more,
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
  };
}

export function pod(
  name: string,
  app: string,
  podIP: string,
  more: Partial<Pod['spec']> = {},
): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { app } },
    spec: { containers: [{ name: 'server' }], ...more },
    status: ready(podIP),
  };
}

export function ready(podIP: string, status: 'False' | 'True' = 'True'): PodStatus {
  return { phase: 'Running', podIP, conditions: [{ type: 'Ready', status }] };
}

export function node(name: string, zone: string, address: string): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } },
    status: { addresses: [{ type: 'InternalIP', address }] },
  };
}

export function slice(of: string, addresses: readonly string[]): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${of}-1`,
      namespace: 'shop',
      labels: { 'kubernetes.io/service-name': of },
    },
    addressType: 'IPv4',
    endpoints: addresses.map((address) => ({ addresses: [address] })),
    ports: [{ port: 8080 }],
  };
}

export function ingressFor(name: string, ...rules: readonly IngressRule[]): Ingress {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop' },
    spec: { rules },
  };
}

/** A rule that sends a host's path to a Service's port. */
export function rule(
  host: string | undefined,
  path: string,
  name: string,
  port: number | string = 80,
): IngressRule {
  return {
    host,
    http: {
      paths: [
        {
          path,
          pathType: 'Prefix',
          backend: {
            service: { name, port: typeof port === 'number' ? { number: port } : { name: port } },
          },
        },
      ],
    },
  };
}

type Options = Partial<EngineOptions> & { readonly externalNames?: readonly string[] };

export function build(resources: readonly Resource[], options: Options = {}): Build {
  return engine(options).build(resources);
}

export function engine(options: Options = {}): Engine {
  return createEngine({
    serviceTypes: [
      clusterIP(),
      nodePort(),
      loadBalancer(),
      externalName({ allow: options.externalNames }),
    ],
    routeProviders: [ingress()],
    ...options,
  });
}

/** A request as it comes in at the external entrance. */
export function request(url: string, more: Partial<RequestFacts> = {}): RequestFacts {
  const [, scheme, host = '', port, path = '/', query = ''] =
    /^(https?):\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+))?([^?]*)\??(.*)$/.exec(url) ?? [];
  return {
    method: 'GET',
    scheme: scheme === 'https' ? 'https' : 'http',
    host,
    port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
    path: path || '/',
    query,
    headers: { get: () => null },
    entrance: 'external',
    ...more,
  };
}
