import {
  compareByAge,
  compareText,
  objectKey,
  objectReference,
  type Condition,
  type Service,
  type ServiceContext,
  type ServiceTypeRegistry,
} from '@portolan/core';

import { frontendKey, type Snapshot, type SnapshotFrontend } from '../snapshot/snapshot.ts';

/**
 * Every Service's frontends by address. Where two Services claim the same one the older keeps it, then the first by
 * namespace/name, and the other is told.
 */
export function collectFrontends(
  registry: ServiceTypeRegistry,
  services: readonly Service[],
  context: ServiceContext,
): { readonly frontends: Snapshot['frontends']; readonly conditions: readonly Condition[] } {
  const taken = new Map<string, SnapshotFrontend>();
  const conditions: Condition[] = [];
  for (const service of services.toSorted(compareByAge)) {
    for (const frontend of registry.frontends(service, context)) {
      const key = frontendKey(frontend);
      const owner = taken.get(key);
      if (owner === undefined) {
        taken.set(key, {
          service: objectKey(service),
          portName: frontend.portName,
          trafficPolicy: frontend.trafficPolicy,
          ...(frontend.anyNode && { anyNode: true }),
          ...(frontend.sourceRanges !== undefined && { sourceRanges: frontend.sourceRanges }),
        });
      } else if (owner.service !== objectKey(service) || owner.portName !== frontend.portName) {
        conditions.push({
          object: objectReference(service),
          type: 'Programmed',
          status: 'False',
          reason: 'PortUnavailable',
          message: `${frontend.protocol} ${frontend.host}:${frontend.port} is taken by Service ${owner.service}`,
        });
      }
    }
  }
  const sorted = [...taken].toSorted(([a], [b]) => compareText(a, b));
  return { frontends: Object.fromEntries(sorted), conditions };
}
