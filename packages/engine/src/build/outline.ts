import {
  admitServices,
  compareText,
  nodeAddresses,
  objectKey,
  type Condition,
  type Node,
  type ObjectKey,
  type Resource,
  type Service,
  type ServiceContext,
  type ServiceTypeRegistry,
} from '@portolan/core';
import {
  compileRoutes,
  type CompileRoutesOptions,
  type Route,
  type RouteProvider,
} from '@portolan/routing';

import type { Snapshot } from '../snapshot/snapshot.ts';
import { annotatedSettings, type AnnotatedSettings } from './annotated-settings.ts';
import { collectFrontends } from './frontends.ts';
import { sortResources } from './sort-resources.ts';

/** How a Snapshot is to be built. */
export interface BuildOptions {
  readonly registry: ServiceTypeRegistry;
  readonly routeProviders: readonly RouteProvider[];
  readonly clusterDomain: string;
  /** Answers what no rule and no object's own default backend does. */
  readonly defaultBackend?: CompileRoutesOptions['defaultBackend'];
}

/** What follows from Services and Nodes, before it is asked who answers. */
export interface ServicesOutline {
  readonly parts: Pick<Snapshot, 'frontends' | 'nodeAddresses'>;
  /** As admitted, sorted by `namespace/name`. */
  readonly services: ReadonlyMap<ObjectKey, Service>;
  readonly settings: AnnotatedSettings['ofServices'];
  readonly context: ServiceContext;
  /** By name. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly conditions: readonly Condition[];
}

/** What follows from the objects that routes are made of. */
export interface RoutesOutline {
  readonly parts: Pick<Snapshot, 'routes' | 'routeSettings'>;
  readonly routes: readonly Route[];
  readonly conditions: readonly Condition[];
}

/** @param resources Services and Nodes, one for each name, in any order. */
export function outlineServices(
  resources: readonly Resource[],
  { registry, clusterDomain }: BuildOptions,
): ServicesOutline {
  const sorted = sortResources(resources);
  const nodes = sorted.filter((resource) => resource.kind === 'Node');
  const context: ServiceContext = { nodes, clusterDomain };
  const admission = admitServices(
    registry,
    sorted.filter((resource) => resource.kind === 'Service'),
  );
  const { frontends, conditions } = collectFrontends(registry, admission.services, context);
  const addresses = [...nodeAddresses(nodes)].toSorted(([a], [b]) => compareText(a, b));
  return {
    parts: { frontends, nodeAddresses: Object.fromEntries(addresses) },
    services: new Map(admission.services.map((service) => [objectKey(service), service])),
    settings: annotatedSettings(sorted, admission.services, []).ofServices,
    context,
    nodes: new Map(nodes.map((node) => [node.metadata.name, node])),
    conditions: [...admission.conditions, ...conditions],
  };
}

/** @param resources Those that routes may be made of, one for each name, in any order. */
export function outlineRoutes(
  resources: readonly Resource[],
  { routeProviders, defaultBackend }: BuildOptions,
): RoutesOutline {
  const sorted = sortResources(resources);
  const provided = routeProviders.map((provider) => provider.routes(sorted));
  const routes = provided.flatMap((each) => each.routes);
  const { table, conditions } = compileRoutes(routes, { defaultBackend });
  return {
    parts: { routes: table, routeSettings: annotatedSettings(sorted, [], routes).ofRoutes },
    routes,
    conditions: [...provided.flatMap((each) => each.conditions), ...conditions],
  };
}
