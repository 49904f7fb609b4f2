import type { Filter } from '@portolan/routing';

import type { Comparison } from '../compare/comparison.ts';
import { frontendAt } from '../frontends/frontend-at.ts';
import { WELL_KNOWN_PORT, type Probe } from '../probe/probe.ts';

/** How, and at which port, a client comes in. */
export type Door = Pick<Probe, 'port' | 'scheme'>;

export type Redirect = Extract<Filter, { readonly type: 'RequestRedirect' }>;

const LAST_PORT = 65_535;

/**
 * Where a host can be called so that the routes are asked on both sides: at no port at which a Service answers itself. One
 * door, or, where redirects may depend on it, one of each kind that they can tell apart. The plainest comes first.
 */
export function doorsOf(
  comparison: Comparison,
  host: string,
  redirects: readonly Redirect[],
): readonly Door[] {
  const isOpen = (port: number): boolean =>
    [comparison.before, comparison.after].every(
      ({ snapshot }) => frontendAt(snapshot, { entrance: 'external', host, port }) === undefined,
    );
  if (redirects.length === 0) {
    const port = isOpen(80) ? 80 : firstPort(isOpen);
    return port === undefined ? [] : [{ scheme: 'http', port }];
  }
  const named = new Set([
    ...Object.values(WELL_KNOWN_PORT),
    ...redirects.flatMap(({ port }) => port ?? []),
  ]);
  const other = firstPort((port) => isOpen(port) && !named.has(port));
  const ports = [...named].filter(isOpen).concat(other ?? []);
  const doors = ports.flatMap((port): readonly Door[] => [
    { scheme: 'http', port },
    { scheme: 'https', port },
  ]);
  return doors.toSorted((a, b) => Number(isUnusual(a)) - Number(isUnusual(b)));
}

/** From where people put servers that aren't the first on their machine. */
function firstPort(isFree: (port: number) => boolean): number | undefined {
  for (let port = 8080; port <= LAST_PORT; port++) if (isFree(port)) return port;
  for (let port = 1; port < 8080; port++) if (isFree(port)) return port;
  return undefined;
}

function isUnusual({ scheme, port }: Door): boolean {
  return port !== WELL_KNOWN_PORT[scheme];
}
