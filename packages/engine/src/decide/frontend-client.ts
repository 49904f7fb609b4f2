import {
  cidrContains,
  parseCIDR,
  parseIP,
  type CIDR,
  type Protocol,
  type TrafficClient,
} from '@portolan/core';

import type { RefusalReason, RequestFacts } from '../decision/decision.ts';
import type { Wanted } from './choose-endpoint.ts';
import type { FoundFrontend } from './find-frontend.ts';

/** What is looked at of who knocks at a Service's own address. */
type Knocking = Pick<RequestFacts, 'clientAddress' | 'node' | 'zone'>;

/** Why somebody may not knock there; `undefined`: they may. */
export function sourceRefusal(
  { frontend: { sourceRanges } }: FoundFrontend,
  { clientAddress }: Knocking,
): { readonly reason: RefusalReason; readonly message: string } | undefined {
  if (sourceRanges === undefined || isFromOneOf(sourceRanges, clientAddress)) return undefined;
  return {
    reason: 'SourceNotAllowed',
    message: `${clientAddress ?? 'a client without address'} is in none of ${sourceRanges.join(', ')}`,
  };
}

/** The Service port behind a frontend, and from where it is reached. */
export function wantedAt(
  { frontend, family, node }: FoundFrontend,
  facts: Knocking,
  protocol: Protocol,
): Wanted & { readonly client: TrafficClient } {
  const { service, portName, trafficPolicy, anyNode } = frontend;
  return {
    service,
    port: portName,
    protocol,
    client: {
      trafficPolicy,
      anyNode: anyNode ?? false,
      node: node ?? facts.node,
      zone: facts.zone,
      // An address of one family leads to endpoints of that family; a name leads to either.
      ...(family && { families: [family] }),
    },
  };
}

/** The ranges of a frontend as they are compared: parsed once for each Snapshot. */
const parsedRanges = new WeakMap<readonly string[], readonly CIDR[]>();

/** Nobody whose address isn't known is let in where only some are. */
function isFromOneOf(ranges: readonly string[], address: string | undefined): boolean {
  const ip = parseIP(address ?? '');
  if (ip === undefined) return false;
  let cidrs = parsedRanges.get(ranges);
  if (cidrs === undefined) {
    cidrs = ranges.flatMap((range) => parseCIDR(range) ?? []);
    parsedRanges.set(ranges, cidrs);
  }
  return cidrs.some((cidr) => cidrContains(cidr, ip));
}
