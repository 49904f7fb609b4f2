import type { ObjectKey, Service } from '@portolan/core';
import { objectKey } from '@portolan/core';
import { findPort, findService, type SnapshotPort } from '@portolan/engine';

import type { Subject } from '../subject/subject.ts';

/** Tells whether a route leads to a port of a Service, and so takes it to speak HTTP. */
export type IsRouted = (service: Service, port: number) => boolean;

export function routedPorts({ compiled: { routes, snapshot } }: Subject): IsRouted {
  const routed = new Set<SnapshotPort>();
  for (const { rules, defaultBackend } of routes) {
    const backends = [
      ...rules.flatMap((rule) => rule.backends),
      ...(defaultBackend?.backends ?? []),
    ];
    for (const { namespace, name, port: wanted } of backends) {
      const key: ObjectKey = `${namespace}/${name}`;
      const service = findService(snapshot, key);
      const port = service && findPort(service, wanted);
      if (port?.protocol === 'TCP') routed.add(port);
    }
  }
  return (service, number) => {
    const ports = findService(snapshot, objectKey(service))?.ports ?? [];
    return ports.some((port) => port.port === number && routed.has(port));
  };
}
