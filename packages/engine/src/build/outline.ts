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

/** The parts of a Snapshot that don't follow from who answers. */
export type OutlineParts = Pick<
  Snapshot,
  'frontends' | 'nodeAddresses' | 'routes' | 'routeSettings'
>;

/** All that is known before it is asked who answers: it follows from other objects than those that endpoints come from. */
export interface Outline {
  readonly parts: OutlineParts;
  /** As admitted, sorted by `namespace/name`. */
  readonly services: ReadonlyMap<ObjectKey, Service>;
  readonly serviceSettings: AnnotatedSettings['ofServices'];
  readonly routes: readonly Route[];
  readonly context: ServiceContext;
  /** By name. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly conditions: readonly Condition[];
}

/** @param resources Those that no endpoints come from, one for each name, in any order. */
export function outlineOf(resources: readonly Resource[], options: BuildOptions): Outline {
  const { registry, routeProviders, clusterDomain, defaultBackend } = options;
  const sorted = sortResources(resources);
  const nodes = sorted.filter((resource) => resource.kind === 'Node');
  const context: ServiceContext = { nodes, clusterDomain };
  const admission = admitServices(
    registry,
    sorted.filter((resource) => resource.kind === 'Service'),
  );
  const provided = routeProviders.map((provider) => provider.routes(sorted));
  const routes = provided.flatMap((each) => each.routes);
  const compiled = compileRoutes(routes, { defaultBackend });
  const settings = annotatedSettings(sorted, admission.services, routes);
  const { frontends, conditions } = collectFrontends(registry, admission.services, context);
  const addresses = [...nodeAddresses(nodes)].toSorted(([a], [b]) => compareText(a, b));
  return {
    parts: {
      routes: compiled.table,
      routeSettings: settings.ofRoutes,
      frontends,
      nodeAddresses: Object.fromEntries(addresses),
    },
    services: new Map(admission.services.map((service) => [objectKey(service), service])),
    serviceSettings: settings.ofServices,
    routes,
    context,
    nodes: new Map(nodes.map((node) => [node.metadata.name, node])),
    conditions: [
      ...admission.conditions,
      ...conditions,
      ...provided.flatMap((each) => each.conditions),
      ...compiled.conditions,
    ],
  };
}
