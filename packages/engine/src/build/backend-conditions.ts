import type { Condition } from '@portolan/core';
import type { BackendRef, Route } from '@portolan/routing';

import { findPort } from '../snapshot/find-port.ts';
import { findService } from '../snapshot/services.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/**
 * What is to be said of routes whose backends can't be resolved. They stay in the table all the same: their requests get
 * a 503 rather than somebody else's answer.
 */
export function backendConditions(
  routes: readonly Route[],
  snapshot: Pick<Snapshot, 'services'>,
): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const { source, rules, defaultBackend } of routes) {
    const check = (backend: BackendRef, field: string): void => {
      const fault = backendFault(backend, snapshot);
      if (fault === undefined) return;
      conditions.push({
        object: { kind: source.kind, namespace: source.namespace, name: source.name },
        type: 'ResolvedRefs',
        status: 'False',
        ...fault,
        field,
      });
    };
    for (const { backends, field } of defaultBackend ? [...rules, defaultBackend] : rules) {
      for (const backend of backends) check(backend, field);
    }
  }
  return conditions;
}

function backendFault(
  backend: BackendRef,
  snapshot: Pick<Snapshot, 'services'>,
): Pick<Condition, 'message' | 'reason'> | undefined {
  if (backend.group !== '' || backend.kind !== 'Service') {
    const kind = backend.group === '' ? backend.kind : `${backend.kind}.${backend.group}`;
    return { reason: 'InvalidKind', message: `no plugin serves backends of kind ${kind}` };
  }
  const key = `${backend.namespace}/${backend.name}` as const;
  const service = findService(snapshot, key);
  if (service === undefined) {
    return { reason: 'BackendNotFound', message: `Service ${key} does not exist` };
  }
  const port = findPort(service, backend.port);
  if (port === undefined) {
    return {
      reason: 'BackendNotFound',
      message: `Service ${key} has no port ${String(backend.port)}`,
    };
  }
  if (port.protocol !== 'TCP') {
    return {
      reason: 'UnsupportedProtocol',
      message: `port ${String(backend.port)} of Service ${key} carries ${port.protocol}`,
    };
  }
  return undefined;
}
