import { compileWithStandIns, type CompiledWithStandIns } from '@portolan/compile';
import type { Ingress, Service } from '@portolan/core';
import type { Filter, Match, Route } from '@portolan/routing';

import type { Manifest } from './manifests.ts';

/** What objects come to; those that are faulty are a fault of the test. */
export function given(...objects: readonly Manifest[]): CompiledWithStandIns {
  return compiledWith([], objects);
}

/** The same, with the routes of another source. */
export function givenRoutes(
  routes: readonly Route[],
  ...objects: readonly Manifest[]
): CompiledWithStandIns {
  return compiledWith(routes, objects);
}

function compiledWith(
  routes: readonly Route[],
  objects: readonly Manifest[],
): CompiledWithStandIns {
  const sources = objects.map((object, index) => ({
    name: `${index}.json`,
    text: JSON.stringify(object),
  }));
  const result = compileWithStandIns(
    sources,
    routes.length > 0 ? { routeProviders: [{ routes: () => ({ routes, conditions: [] }) }] } : {},
  );
  const fault = result.compiled.diagnostics.find(({ severity }) => severity === 'error');
  if (fault) throw new Error(fault.message);
  return result;
}

const namespace = 'shop';

export function service(
  name: string,
  spec: Service['spec'] = {},
  addresses: readonly string[] = [],
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
    ...(addresses.length > 0 && {
      status: { loadBalancer: { ingress: addresses.map((ip) => ({ ip })) } },
    }),
  };
}

export function deployment(
  name: string,
  replicas: number = 1,
  image: string = 'v1',
  app: string = name,
): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app } },
      template: { metadata: { labels: { app } }, spec: { containers: [{ name, image }] } },
    },
  };
}

export function pod(
  app: string,
  name: string,
  podIP: string,
  { nodeName, ready = true }: { readonly nodeName?: string; readonly ready?: boolean } = {},
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app } },
    spec: { containers: [{ name: 'c', image: 'v1' }], nodeName },
    status: { podIP, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

export function node(name: string, address: string, zone: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } },
    status: { addresses: [{ type: 'InternalIP', address }] },
  };
}

/** Paths with the Services that they lead to; `*` is the default backend. */
export function ingress(
  name: string,
  paths: Readonly<Record<string, string>>,
  { host, created }: { readonly host?: string; readonly created?: string } = {},
): Manifest {
  const backend = (of: string): NonNullable<Ingress['spec']['defaultBackend']> => ({
    service: { name: of, port: { number: 80 } },
  });
  const rules = Object.entries(paths).filter(([path]) => path !== '*');
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, creationTimestamp: created },
    spec: {
      ...(paths['*'] !== undefined && { defaultBackend: backend(paths['*']) }),
      ...(rules.length > 0 && {
        rules: [
          {
            host,
            http: {
              paths: rules.map(([path, of]) => ({
                path,
                pathType: 'Prefix',
                backend: backend(of),
              })),
            },
          },
        ],
      }),
    },
  };
}

/** A route of one rule that leads to Service `web`. */
export function route(match: Match, filters: readonly Filter[] = [], host?: string): Route {
  return {
    source: { kind: 'HTTPRoute', namespace, name: 'r' },
    rules: [
      {
        field: 'spec.rules[0]',
        ...(host !== undefined && { host }),
        matches: [match],
        filters,
        backends: [{ group: '', kind: 'Service', namespace, name: 'web', port: 80, weight: 1 }],
      },
    ],
  };
}
