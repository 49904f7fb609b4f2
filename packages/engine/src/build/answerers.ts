import {
  discoverEndpointSets,
  objectKey,
  type DNSRecord,
  type EndpointSet,
  type EndpointSetSources,
  type Refusal,
  type Service,
  type ServiceTypeRegistry,
} from '@portolan/core';
import type { TrafficSettings } from '@portolan/settings';

import type { SnapshotService } from '../snapshot/snapshot.ts';
import { shareOf, type Share } from '../snapshot/version.ts';
import type { ServicesOutline } from './outline.ts';

/** Who answers for a Service. */
export interface Answerers {
  readonly entry: SnapshotService;
  /** What the entry adds to the version. */
  readonly share: Share;
}

/** Finds who answers for a Service, by its type. */
export function answerersOf(
  service: Service,
  sources: Omit<EndpointSetSources, 'nodes'>,
  { context, nodes, settings }: ServicesOutline,
  registry: ServiceTypeRegistry,
): Answerers {
  const key = objectKey(service);
  const discovered = (): readonly EndpointSet[] =>
    discoverEndpointSets(service, { ...sources, nodes });
  const endpoints = registry.endpoints(service, { discovered }, context);
  const sets = 'refused' in endpoints ? [] : endpoints;
  const entry = snapshotService(service, endpoints, {
    settings: settings.get(key),
    dnsRecords: registry.dnsRecords(service, sets, context),
  });
  return { entry, share: shareOf('services', key, entry) };
}

function snapshotService(
  { spec, metadata }: Service,
  endpoints: readonly EndpointSet[] | Refusal,
  told: {
    readonly settings: TrafficSettings | undefined;
    readonly dnsRecords: readonly DNSRecord[];
  },
): SnapshotService {
  const { settings, dnsRecords } = told;
  const { healthCheckNodePort } = spec;
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
    ...(healthCheckNodePort && { healthCheckNodePort }),
    ...(dnsRecords.length > 0 && { dnsRecords }),
    ...('refused' in endpoints && { refusal: endpoints }),
  };
}
