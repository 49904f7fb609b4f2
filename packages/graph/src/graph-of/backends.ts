import {
  findPort,
  findService,
  type Snapshot,
  type SnapshotPort,
  type SnapshotService,
} from '@portolan/engine';
import type { BackendRef } from '@portolan/routing';

import type { GraphEdge, GraphNode, GraphPort } from '../graph/graph.ts';
import { edgeId, missingPortId, portId, resourceId, serviceId } from './ids.ts';
import { verdictOnPort, type Verdict } from './status.ts';

/** Where a backend of a rule leads to, and how that fares. */
export interface DrawnBackend {
  readonly edge: GraphEdge;
  /** What the backend names and nothing is: drawn for its sake. */
  readonly missing?: GraphNode;
  /** The port that it asks for and the Service has not. */
  readonly missingPort?: { readonly service: string; readonly port: number | string | undefined };
}

/**
 * Draws what a rule's request comes to, as deciding about it would have it.
 *
 * @param from The id of the rule.
 */
export function drawBackend(
  snapshot: Pick<Snapshot, 'services'>,
  from: string,
  backend: Omit<BackendRef, 'weight'>,
): DrawnBackend {
  const { group, kind, namespace, name } = backend;
  if (group !== '' || kind !== 'Service') return drawResource(from, backend);

  const to = serviceId(`${namespace}/${name}`);
  const service = findService(snapshot, `${namespace}/${name}`);
  const asked = String(backend.port ?? '');
  const port = service && findPort(service, backend.port);
  if (service !== undefined && (port !== undefined || service.refusal !== undefined)) {
    const id = port && portId(port);
    const ends = { id: edgeId(from, to, id), from, to, ...(id !== undefined && { port: id }) };
    const label = port ? portLabel(port) : asked;
    return { edge: { ...ends, label, ...verdictOnBackend(service, port) } };
  }

  const id = missingPortId(backend.port);
  const ends = { id: edgeId(from, to, id), from, to, label: asked };
  if (service !== undefined) {
    const reason = `Service ${namespace}/${name} has no port ${asked}`.trim();
    return {
      edge: { ...ends, port: id, status: 'missing', reason },
      missingPort: { service: to, port: backend.port },
    };
  }
  const verdict = {
    status: 'missing',
    reason: `Service ${namespace}/${name} does not exist`,
  } as const;
  return {
    edge: { ...ends, ...verdict },
    missing: { kind: 'Service', id: to, namespace, name, ports: [], ...verdict },
  };
}

function drawResource(
  from: string,
  { group, kind, namespace, name }: Omit<BackendRef, 'weight'>,
): DrawnBackend {
  const resource = { kind, namespace, name };
  const to = resourceId(group, resource);
  const reason = `no plugin serves backends of kind ${kind}`;
  const verdict = { status: 'missing', reason } as const;
  return {
    edge: { id: edgeId(from, to), from, to, label: '', ...verdict },
    missing: { kind: 'Resource', id: to, namespace, group, resource, ...verdict },
  };
}

function verdictOnBackend(service: SnapshotService, port: SnapshotPort | undefined): Verdict {
  if (service.refusal) return { status: 'refused', reason: service.refusal.message };
  if (port && port.protocol !== 'TCP') {
    return { status: 'notReady', reason: `port ${port.port} carries ${port.protocol}` };
  }
  return verdictOnPort(port?.endpoints ?? [], service);
}

/** `http 80`, or `80` for an unnamed port. */
export function portLabel({ name, port }: Pick<GraphPort, 'name' | 'port'>): string {
  return `${name} ${port ?? ''}`.trim();
}
