import { findService, type SnapshotFrontend, type SnapshotService } from '@portolan/engine';
import { matchRoute } from '@portolan/routing';

import { frontendAt } from '../frontends/frontend-at.ts';
import { factsOf, type Probe } from '../probe/probe.ts';
import type { Side } from '../side/side.ts';
import { clientAddresses } from './client-addresses.ts';

/** Where a request comes from and where it is received, as far as it may matter. */
export type Circumstance = Pick<Probe, 'clientAddress' | 'node' | 'zone'>;

/** More are not tried for one request. */
const MOST = 5000;

/**
 * Every client, node and zone that either side could tell from others by what may take the request. What is absent stands
 * for all that are not named. The plainest comes first.
 */
export function circumstances(
  sides: { readonly before: Side; readonly after: Side },
  probe: Probe,
): { readonly all: readonly Circumstance[]; readonly complete: boolean } {
  const [before, after] = [involvedIn(sides.before, probe), involvedIn(sides.after, probe)];
  const services = [...before.services, ...after.services];
  const addresses = clientAddresses(
    before.frontend?.sourceRanges,
    after.frontend?.sourceRanges,
    services.some(({ sessionAffinity }) => sessionAffinity !== undefined),
  );
  const isLocal = [before, after].some(({ frontend }) => frontend?.trafficPolicy === 'Local');
  const nodes = new Set<string | undefined>([undefined]);
  const zones = new Set<string | undefined>([undefined]);
  for (const { nodeName, hints } of services.flatMap(endpointsOf)) {
    if (isLocal) nodes.add(nodeName);
    for (const node of hints?.forNodes ?? []) nodes.add(node);
    for (const zone of hints?.forZones ?? []) zones.add(zone);
  }
  const all: Circumstance[] = [];
  for (const clientAddress of addresses) {
    for (const node of nodes) {
      for (const zone of zones) {
        if (all.length === MOST) return { all, complete: false };
        all.push({ clientAddress, node, zone });
      }
    }
  }
  return { all, complete: true };
}

interface Involved {
  readonly frontend: SnapshotFrontend | undefined;
  readonly services: readonly SnapshotService[];
}

/** Whoever may take the request on one side. */
function involvedIn({ snapshot }: Side, probe: Probe): Involved {
  const frontend = frontendAt(snapshot, probe);
  const match = matchRoute(snapshot.routes, factsOf(probe));
  const backends = 'backends' in match ? match.backends : [];
  const keys = new Set([
    ...(frontend ? [frontend.service] : []),
    ...backends.map(({ namespace, name }) => `${namespace}/${name}` as const),
  ]);
  return { frontend, services: [...keys].flatMap((key) => findService(snapshot, key) ?? []) };
}

function endpointsOf({ ports }: SnapshotService): SnapshotService['ports'][number]['endpoints'] {
  return ports.flatMap(({ endpoints }) => endpoints);
}
