import { replaceServices } from '../snapshot/services.ts';
import type { Snapshot, SnapshotService } from '../snapshot/snapshot.ts';
import { withChanges } from './entry-changes.ts';
import { withRouteChanges } from './route-changes.ts';
import type { SnapshotDelta } from './snapshot-delta.ts';

/**
 * The Snapshot that the delta was made for. It shares what has not changed with the one given.
 *
 * @returns `undefined` where the delta belongs to another version, or to another format.
 */
export function applyDelta(snapshot: Snapshot, delta: SnapshotDelta): Snapshot | undefined {
  if (delta.format !== snapshot.format || delta.from !== snapshot.version) return undefined;
  return {
    format: snapshot.format,
    version: delta.to,
    clusterDomain: delta.clusterDomain ?? snapshot.clusterDomain,
    routes: withRouteChanges(snapshot.routes, delta.routes),
    routeSettings: withChanges(snapshot.routeSettings, delta.routeSettings),
    services: delta.services ? withServices(snapshot, delta.services) : snapshot.services,
    frontends: withChanges(snapshot.frontends, delta.frontends),
    nodeAddresses: withChanges(snapshot.nodeAddresses, delta.nodeAddresses),
  };
}

function withServices(
  snapshot: Snapshot,
  { changed, removed }: Required<SnapshotDelta>['services'],
): Snapshot['services'] {
  return replaceServices(
    snapshot,
    new Map<string, SnapshotService | undefined>([
      ...removed.map((key) => [key, undefined] as const),
      ...Object.entries(changed),
    ]),
  );
}
