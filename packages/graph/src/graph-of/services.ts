import type { CompiledWithStandIns } from '@portolan/compile';
import {
  endpointSetsFromPods,
  hasSelector,
  matchesSelector,
  objectKey,
  selectorFromLabels,
  type Endpoint,
  type Pod,
  type Service,
} from '@portolan/core';
import { findService, type SnapshotPort, type SnapshotService } from '@portolan/engine';

import type { GraphPort, ServiceNode } from '../graph/graph.ts';
import { portId, serviceId } from './ids.ts';
import { verdictOnAll, verdictOnPort, type Verdict } from './status.ts';

export interface DrawnService {
  readonly node: ServiceNode;
  /** Who may answer, by the port that is asked; without a port, where the Service has none. */
  readonly endpoints: readonly {
    readonly port?: GraphPort;
    readonly endpoints: readonly Endpoint[];
  }[];
}

/** Draws a Service as it was admitted. */
export type DrawService = (service: Service) => DrawnService;

export function serviceDrawer(subject: CompiledWithStandIns): DrawService {
  const podsOf = podFinder(subject);
  return (service) => {
    const key = objectKey(service);
    const [namespace = '', name = ''] = key.split('/');
    const found = findService(subject.compiled.snapshot, key);
    const seen: SnapshotService = found ?? { namespace, name, ports: [], ipFamilies: [] };
    const ports = seen.ports.map((port) => ({
      port: drawPort(port, seen),
      endpoints: port.endpoints,
    }));
    const portless =
      ports.length === 0 && hasSelector(service)
        ? endpointSetsFromPods(service, podsOf(service)).flatMap((set) => set.endpoints)
        : [];
    const endpoints = ports.length === 0 ? [{ endpoints: portless }] : ports;
    return {
      node: {
        kind: 'Service',
        id: serviceId(key),
        namespace,
        name,
        ...(service.spec.type !== undefined && { type: typeOf(service) }),
        ports: ports.map(({ port }) => port),
        ...(ports.length === 0
          ? verdictOnPorts(seen, [verdictOnPort(portless, seen)])
          : verdictOnService(seen)),
      },
      endpoints,
    };
  };
}

function typeOf({ spec }: Service): string {
  return spec.clusterIP === 'None' ? `headless ${spec.type}` : (spec.type ?? '');
}

function drawPort(port: SnapshotPort, service: SnapshotService): GraphPort {
  const targetPorts = [...new Set(port.endpoints.map((endpoint) => endpoint.port))];
  return {
    id: portId(port),
    name: port.name,
    port: port.port,
    protocol: port.protocol,
    targetPorts: targetPorts.toSorted((a, b) => a - b),
    ...verdictOnPorts(service, [verdictOnPort(port.endpoints, service)]),
  };
}

/** How a Service fares, by all of its ports. */
export function verdictOnService(service: SnapshotService): Verdict {
  return verdictOnPorts(
    service,
    service.ports.map((port) => verdictOnPort(port.endpoints, service)),
  );
}

function verdictOnPorts({ refusal }: SnapshotService, verdicts: readonly Verdict[]): Verdict {
  return refusal ? { status: 'refused', reason: refusal.message } : verdictOnAll(verdicts);
}

/** Finds the Pods of Services without ports: a Snapshot has none for them, since there is nothing to dial. */
function podFinder({ compiled, plan }: CompiledWithStandIns): (service: Service) => readonly Pod[] {
  let byNamespace: ReadonlyMap<string, readonly Pod[]> | undefined;
  return ({ metadata, spec }) => {
    byNamespace ??= Map.groupBy(
      new Map(
        [...compiled.manifests.map(({ resource }) => resource), ...plan.pods].flatMap((resource) =>
          resource.kind === 'Pod' ? [[objectKey(resource), resource] as const] : [],
        ),
      ).values(),
      (pod) => pod.metadata.namespace ?? 'default',
    );
    const selector = selectorFromLabels(spec.selector ?? {});
    return (byNamespace.get(metadata.namespace ?? 'default') ?? []).filter((pod) =>
      matchesSelector(selector, pod.metadata.labels ?? {}),
    );
  };
}
