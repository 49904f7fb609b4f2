import { compareText, type ObjectKey } from '@portolan/core';
import {
  findPort,
  findService,
  type Snapshot,
  type SnapshotPort,
  type SnapshotService,
} from '@portolan/engine';

/** A port of a Service that clients outside come to, by a route or at an address. */
export interface KnockedAt {
  readonly key: ObjectKey;
  readonly service: SnapshotService;
  readonly port: SnapshotPort;
}

/** Each port once, sorted by Service and port. Only TCP carries HTTP. */
export function knockedAt(snapshot: Snapshot): readonly KnockedAt[] {
  const { routes, frontends } = snapshot;
  const found = new Map<SnapshotPort, KnockedAt>();
  const add = (key: ObjectKey, wanted: number | string | undefined): void => {
    const service = findService(snapshot, key);
    const port = service && findPort(service, wanted);
    if (service && port?.protocol === 'TCP') found.set(port, { key, service, port });
  };
  const asked = routes.entries.filter(({ shadowedBy }) => shadowedBy === undefined);
  const backends = [
    ...asked.flatMap(
      ({ rule }) => routes.actions[routes.rules[rule]?.action ?? -1]?.backends ?? [],
    ),
    ...routes.defaultBackends.flatMap((each) => each.backends),
  ];
  for (const { namespace, name, port } of backends) add(`${namespace}/${name}`, port);
  for (const [key, { service, portName }] of Object.entries(frontends)) {
    if (key.startsWith('external TCP ')) add(service, portName);
  }
  return [...found.values()].toSorted(
    (a, b) => compareText(a.key, b.key) || a.port.port - b.port.port,
  );
}
