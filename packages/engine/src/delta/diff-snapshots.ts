import { isSameJSON } from '../snapshot/same-json.ts';
import { changedServices, serviceKey } from '../snapshot/services.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { isEmpty, recordChanges } from './entry-changes.ts';
import { routeChanges } from './route-changes.ts';
import type { SnapshotDelta } from './snapshot-delta.ts';

/**
 * What makes the second Snapshot of the first. What both share is not looked into, so that where one follows from the other
 * the cost follows from what has changed.
 */
export function diffSnapshots(from: Snapshot, to: Snapshot): SnapshotDelta {
  const routes = routeChanges(from.routes, to.routes);
  const services = serviceChanges(from, to);
  const routeSettings = recordChanges(from.routeSettings, to.routeSettings);
  const frontends = recordChanges(from.frontends, to.frontends);
  const nodeAddresses = recordChanges(from.nodeAddresses, to.nodeAddresses);
  return {
    format: to.format,
    from: from.version,
    to: to.version,
    ...(from.clusterDomain !== to.clusterDomain && { clusterDomain: to.clusterDomain }),
    ...(routes && { routes }),
    ...(!isEmpty(routeSettings) && { routeSettings }),
    ...(!isEmpty(services) && { services }),
    ...(!isEmpty(frontends) && { frontends }),
    ...(!isEmpty(nodeAddresses) && { nodeAddresses }),
  };
}

function serviceChanges(from: Snapshot, to: Snapshot): Required<SnapshotDelta>['services'] {
  const changes = changedServices(from, to);
  return {
    changed: Object.fromEntries(
      changes.flatMap(({ before, after }) =>
        after === undefined || isSameJSON(before, after) ? [] : [[serviceKey(after), after]],
      ),
    ),
    removed: changes.flatMap(({ before, after }) =>
      before === undefined || after !== undefined ? [] : serviceKey(before),
    ),
  };
}
