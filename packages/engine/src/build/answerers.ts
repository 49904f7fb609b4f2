import {
  discoverEndpointSets,
  objectKey,
  type EndpointSet,
  type EndpointSetSources,
  type Refusal,
  type Service,
  type ServiceTypeRegistry,
} from '@portolan/core';
import type { TrafficSettings } from '@portolan/settings';

import type { SnapshotService } from '../snapshot/snapshot.ts';
import { shareOf, type Share } from '../snapshot/version.ts';
import type { Outline } from './outline.ts';

/** Who answers for a Service. */
export interface Answerers {
  /** Empty where the Service is refused. */
  readonly sets: readonly EndpointSet[];
  readonly entry: SnapshotService;
  /** What the entry adds to the version. */
  readonly share: Share;
}

/** Finds who answers for a Service, by its type. */
export function answerersOf(
  service: Service,
  sources: Omit<EndpointSetSources, 'nodes'>,
  { context, nodes, serviceSettings }: Outline,
  registry: ServiceTypeRegistry,
): Answerers {
  const key = objectKey(service);
  const discovered = (): readonly EndpointSet[] =>
    discoverEndpointSets(service, { ...sources, nodes });
  const endpoints = registry.endpoints(service, { discovered }, context);
  const entry = snapshotService(service, endpoints, serviceSettings.get(key));
  return {
    sets: 'refused' in endpoints ? [] : endpoints,
    entry,
    share: shareOf('services', key, entry),
  };
}

function snapshotService(
  { spec, metadata }: Service,
  endpoints: readonly EndpointSet[] | Refusal,
  settings: TrafficSettings | undefined,
): SnapshotService {
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
