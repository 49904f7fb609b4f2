import type { ObjectKey, Resource } from '@portolan/core';

import { annotatedSettings } from '../build/annotated-settings.ts';
import { answerersOf } from '../build/answerers.ts';
import { backendConditions } from '../build/backend-conditions.ts';
import { outlineRoutes, outlineServices, type BuildOptions } from '../build/outline.ts';
import { sortResources } from '../build/sort-resources.ts';
import { servicesOf } from '../snapshot/services.ts';
import { SNAPSHOT_FORMAT, type Snapshot } from '../snapshot/snapshot.ts';
import { formatVersion, plus } from '../snapshot/version.ts';
import { Answering } from './answering.ts';
import type { LiveBuild } from './live-build.ts';
import { Objects, type OutlineName } from './objects.ts';
import { outlineChanges } from './outline-changes.ts';
import { routeParts, serviceParts, shareOfAll, sharing, type Parts } from './parts.ts';

/** Builds a Snapshot of the objects, and goes on to follow their changes. */
export function createLiveBuild(resources: Iterable<Resource>, options: BuildOptions): LiveBuild {
  const { registry, clusterDomain } = options;
  const objects = new Objects();
  const answering = new Answering();
  let ofServices = outlineServices([], options);
  let ofRoutes = outlineRoutes([], options);
  let parts: Parts = { ...serviceParts(ofServices.parts), ...routeParts(ofRoutes.parts) };

  const assemble = (): Snapshot => ({
    format: SNAPSHOT_FORMAT,
    version: formatVersion(plus(answering.share, shareOfAll(parts))),
    clusterDomain,
    routes: parts.routes.value,
    routeSettings: parts.routeSettings.value,
    services: answering.services,
    frontends: parts.frontends.value,
    nodeAddresses: parts.nodeAddresses.value,
  });
  let snapshot = assemble();

  // What a plugin throws leaves the Snapshot as it was, and all that has changed to be done the next time.
  const outdated = new Set<OutlineName>();
  const touched = new Set<ObjectKey>();

  const apply: LiveBuild['apply'] = (changes) => {
    const consequences = objects.apply(changes);
    for (const name of consequences.outlines) outdated.add(name);
    for (const key of consequences.services) touched.add(key);
    if (outdated.has('services')) {
      const next = outlineServices(objects.outlined('services'), options);
      const changed = outlineChanges(ofServices, next);
      objects.ofEndpoints.select(changed.selectors);
      for (const key of changed.services) touched.add(key);
      ofServices = next;
      parts = sharing(parts, serviceParts(ofServices.parts));
      outdated.delete('services');
    }
    if (outdated.has('routes')) {
      ofRoutes = outlineRoutes(objects.outlined('routes'), options);
      parts = sharing(parts, routeParts(ofRoutes.parts));
      outdated.delete('routes');
    }
    answering.update(touched, (key) => {
      const service = ofServices.services.get(key);
      const sources = objects.ofEndpoints.sourcesOf(key);
      return service && answerersOf(service, sources, ofServices, registry);
    });
    touched.clear();
    const next = assemble();
    if (!isShared(snapshot, next)) snapshot = next;
    return snapshot;
  };

  apply(Array.from(resources, (put) => ({ put })));
  return {
    apply,
    snapshot: () => snapshot,
    build: () => {
      const { routes } = ofRoutes;
      const services = [...ofServices.services.values()];
      const all = sortResources(objects.all());
      return {
        snapshot,
        services,
        routes,
        dnsRecords: servicesOf(snapshot).flatMap(({ dnsRecords = [] }) => dnsRecords),
        conditions: [
          ...ofServices.conditions,
          ...ofRoutes.conditions,
          ...backendConditions(routes, snapshot),
          ...annotatedSettings(all, services, routes).conditions,
        ],
      };
    },
  };
}

/** Whether both have the very same parts. */
function isShared(one: Snapshot, other: Snapshot): boolean {
  return (
    one.services === other.services &&
    one.routes === other.routes &&
    one.routeSettings === other.routeSettings &&
    one.frontends === other.frontends &&
    one.nodeAddresses === other.nodeAddresses
  );
}
