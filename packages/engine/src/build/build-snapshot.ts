import {
  admitServices,
  discoverEndpointSets,
  nodeAddresses,
  objectKey,
  SERVICE_NAME_LABEL,
  type Condition,
  type DNSRecord,
  type EndpointSet,
  type EndpointSources,
  type Pod,
  type Refusal,
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
import type { TrafficSettings } from '@portolan/settings';

import type { Snapshot, SnapshotService } from '../snapshot/snapshot.ts';
import { contentVersion } from '../snapshot/version.ts';
import { annotatedSettings } from './annotated-settings.ts';
import { backendConditions } from './backend-conditions.ts';
import { collectFrontends } from './frontends.ts';
import { indexResources, type ResourceIndex } from './resource-index.ts';
import { selectedPods } from './selected-pods.ts';

/** How a Snapshot is to be built. */
export interface BuildOptions {
  readonly registry: ServiceTypeRegistry;
  readonly routeProviders: readonly RouteProvider[];
  readonly clusterDomain: string;
  /** Answers what no rule and no object's own default backend does. */
  readonly defaultBackend?: CompileRoutesOptions['defaultBackend'];
}

/** A Snapshot, and what is to be said of the objects that it was built from. */
export interface Build {
  readonly snapshot: Snapshot;
  /** The Services as admitted: with defaults and with what was allocated to them. */
  readonly services: readonly Service[];
  /** What the route providers made, before it became the Snapshot's table. */
  readonly routes: readonly Route[];
  /** DNS records of all Services. */
  readonly dnsRecords: readonly DNSRecord[];
  readonly conditions: readonly Condition[];
}

/** Builds a Snapshot. A bad object never blocks a good one: it is left out, and a Condition says why. */
export function buildSnapshot(resources: readonly Resource[], options: BuildOptions): Build {
  const { registry, clusterDomain } = options;
  const index = indexResources(resources);
  const context: ServiceContext = { nodes: index.ofKind('Node'), clusterDomain };
  const admission = admitServices(registry, index.ofKind('Service'));

  const provided = options.routeProviders.map((provider) => provider.routes(index.all));
  const routes = provided.flatMap((each) => each.routes);
  const compiled = compileRoutes(routes, { defaultBackend: options.defaultBackend });
  const settings = annotatedSettings(index.all, admission.services, routes);

  const endpointsOf = endpointResolver(registry, index, admission.services, context);
  const services: Record<string, SnapshotService> = {};
  const dnsRecords: DNSRecord[] = [];
  for (const service of admission.services) {
    const endpoints = endpointsOf(service);
    const key = objectKey(service);
    services[key] = snapshotService(service, endpoints, settings.ofServices.get(key));
    const sets = 'refused' in endpoints ? [] : endpoints;
    dnsRecords.push(...registry.dnsRecords(service, sets, context));
  }

  const { frontends, conditions } = collectFrontends(registry, admission.services, context);

  const content = {
    routes: compiled.table,
    routeSettings: settings.ofRoutes,
    services,
    frontends,
    nodeAddresses: Object.fromEntries(nodeAddresses(context.nodes)),
  };
  return {
    snapshot: { format: 1, version: contentVersion(content), ...content },
    services: admission.services,
    routes,
    dnsRecords,
    conditions: [
      ...admission.conditions,
      ...conditions,
      ...provided.flatMap((each) => each.conditions),
      ...compiled.conditions,
      ...backendConditions(routes, services),
      ...settings.conditions,
    ],
  };
}

/** Who may answer for a Service, found without visiting every object for each. */
function endpointResolver(
  registry: ServiceTypeRegistry,
  index: ResourceIndex,
  services: readonly Service[],
  context: ServiceContext,
): (service: Service) => readonly EndpointSet[] | Refusal {
  const pods: ReadonlyMap<string, readonly Pod[]> = selectedPods(services, index.ofKind('Pod'));
  const slices = Map.groupBy(
    index.ofKind('EndpointSlice'),
    (slice) =>
      `${slice.metadata.namespace ?? 'default'}/${slice.metadata.labels?.[SERVICE_NAME_LABEL]}`,
  );
  const endpoints = new Map(index.ofKind('Endpoints').map((each) => [objectKey(each), each]));
  const nodes = new Map(context.nodes.map((node) => [node.metadata.name, node]));
  return (service) => {
    const key = objectKey(service);
    const sources: EndpointSources = {
      discovered: () =>
        discoverEndpointSets(service, {
          pods: pods.get(key) ?? [],
          slices: slices.get(key) ?? [],
          endpoints: endpoints.get(key),
          nodes,
        }),
    };
    return registry.endpoints(service, sources, context);
  };
}

function snapshotService(
  service: Service,
  endpoints: readonly EndpointSet[] | Refusal,
  settings: TrafficSettings | undefined,
): SnapshotService {
  const { spec, metadata } = service;
  const sets = 'refused' in endpoints ? [] : endpoints;
  return {
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    ports: (spec.ports ?? []).map((port) => ({
      name: port.name ?? '',
      port: port.port,
      protocol: port.protocol ?? 'TCP',
      ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
      endpoints: sets.find((set) => set.portName === (port.name ?? ''))?.endpoints ?? [],
    })),
    ipFamilies: spec.ipFamilies ?? [],
    ...(spec.sessionAffinity === 'ClientIP' && { sessionAffinity: 'ClientIP' }),
    ...(settings && { settings }),
    ...('refused' in endpoints && { refusal: endpoints }),
  };
}
