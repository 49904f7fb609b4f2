import type { ObjectKey, Resource } from '@portolan/core';

import { annotatedSettings } from '../build/annotated-settings.ts';
import { answerersOf } from '../build/answerers.ts';
import { backendConditions } from '../build/backend-conditions.ts';
import { outlineOf, type BuildOptions } from '../build/outline.ts';
import { sortResources } from '../build/sort-resources.ts';
import { servicesOf } from '../snapshot/services.ts';
import { SNAPSHOT_FORMAT, type Snapshot } from '../snapshot/snapshot.ts';
import { formatVersion, plus } from '../snapshot/version.ts';
import { Answering } from './answering.ts';
import type { LiveBuild } from './live-build.ts';
import { Objects } from './objects.ts';
import { outlineChanges } from './outline-changes.ts';
import { partsOf, shareOfAll, sharing } from './parts.ts';

/** Builds a Snapshot of the objects, and goes on to follow their changes. */
export function createLiveBuild(resources: Iterable<Resource>, options: BuildOptions): LiveBuild {
  const { registry, clusterDomain } = options;
  const objects = new Objects();
  const answering = new Answering();
  let outline = outlineOf([], options);
  let parts = partsOf(outline.parts);

  const assemble = (): Snapshot => {
    const { routes, routeSettings, frontends, nodeAddresses } = parts.values;
    return {
      format: SNAPSHOT_FORMAT,
      version: formatVersion(plus(answering.share, shareOfAll(parts))),
      clusterDomain,
      routes,
      routeSettings,
      services: answering.services,
      frontends,
      nodeAddresses,
    };
  };
  let snapshot = assemble();

  // What a plugin throws leaves the Snapshot as it was, and all that has changed to be done the next time.
  let isOutlineStale = false;
  const touched = new Set<ObjectKey>();

  const apply: LiveBuild['apply'] = (changes) => {
    const consequences = objects.apply(changes);
    isOutlineStale ||= consequences.isOutlineStale;
    for (const key of consequences.services) touched.add(key);
    if (isOutlineStale) {
      const next = outlineOf(objects.outlined(), options);
      const changed = outlineChanges(outline, next);
      objects.ofEndpoints.select(changed.selectors);
      for (const key of changed.services) touched.add(key);
      outline = next;
      parts = sharing(parts, partsOf(outline.parts));
      isOutlineStale = false;
    }
    answering.update(touched, (key) => {
      const service = outline.services.get(key);
      const sources = objects.ofEndpoints.sourcesOf(key);
      return service && answerersOf(service, sources, outline, registry);
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
      const { routes } = outline;
      const services = [...outline.services.values()];
      const all = sortResources(objects.all());
      return {
        snapshot,
        services,
        routes,
        dnsRecords: servicesOf(snapshot).flatMap(({ dnsRecords = [] }) => dnsRecords),
        conditions: [
          ...outline.conditions,
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
