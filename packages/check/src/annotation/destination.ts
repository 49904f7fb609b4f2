import { objectKey } from '@portolan/core';
import { findPort, findService, type SnapshotPort, type SnapshotService } from '@portolan/engine';
import type { AnnotatedObject } from '@portolan/ingress';
import { sourceName } from '@portolan/routing';

import type { Subject } from '../subject/subject.ts';
import type { Annotated } from './fact.ts';

/** What the annotations of an object are about. */
export type Destination = Pick<Annotated, 'appProtocols' | 'isSaid'>;

const NOWHERE: Destination = { appProtocols: new Set(), isSaid: () => false };

/** Finds where an object leads: an Ingress to its backends, a Service to itself. */
export function destinations({
  compiled: { routes, snapshot },
}: Subject): (object: AnnotatedObject) => Destination {
  const byRoute = new Map(
    routes.map(({ source, rules, defaultBackend }) => {
      const key = sourceName(source);
      const backends = [...rules, ...(defaultBackend ? [defaultBackend] : [])].flatMap((rule) =>
        rule.backends.map(({ namespace, name, port }) => ({
          service: findService(snapshot, `${namespace}/${name}`),
          port,
        })),
      );
      const ports = backends.flatMap(
        ({ service, port }) => (service && findPort(service, port)) ?? [],
      );
      const others = backends.flatMap(({ service }) => service ?? []);
      return [key, destination(ports, snapshot.routeSettings[key], others)];
    }),
  );
  return (object) => {
    if (object.kind !== 'Service') {
      return byRoute.get(`${object.kind} ${objectKey(object)}`) ?? NOWHERE;
    }
    const service = findService(snapshot, objectKey(object));
    return service ? destination(service.ports, service.settings, []) : NOWHERE;
  };
}

function destination(
  ports: readonly SnapshotPort[],
  own: SnapshotService['settings'] = {},
  services: readonly SnapshotService[],
): Destination {
  return {
    appProtocols: new Set(ports.map(({ appProtocol = '' }) => appProtocol)),
    isSaid: (setting) =>
      own[setting] !== undefined ||
      (services.length > 0 && services.every(({ settings }) => settings?.[setting] !== undefined)),
  };
}
