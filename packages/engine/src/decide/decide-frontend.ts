import { cidrContains, parseCIDR, parseIP, type CIDR, type ObjectKey } from '@portolan/core';

import type { Decision, RespondDecision } from '../decision/decision.ts';
import { findService } from '../snapshot/services.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FoundFrontend } from './find-frontend.ts';
import { forwardToService, type Deciding } from './forward-to-service.ts';

/**
 * Someone knocked at a Service's own address. What comes in there is not looked into: the path goes on as it was
 * received.
 */
export function decideFrontend(
  deciding: Deciding,
  { key, frontend, family, node }: FoundFrontend,
): Decision {
  const { facts, trace } = deciding;
  const { service, portName, sourceRanges, trafficPolicy, anyNode } = frontend;
  if (sourceRanges !== undefined && !isFromOneOf(sourceRanges, facts.clientAddress)) {
    return {
      outcome: 'respond',
      status: 403,
      reason: 'SourceNotAllowed',
      message: `${facts.clientAddress ?? 'a client without address'} is in none of ${sourceRanges.join(', ')}`,
      service: refusedService(deciding.snapshot, service, portName),
      ...(trace && { trace: { frontend: key, excluded: [] } }),
    };
  }
  return forwardToService(
    deciding,
    {
      service,
      port: portName,
      client: {
        trafficPolicy,
        anyNode: anyNode ?? false,
        node: node ?? facts.node,
        zone: facts.zone,
        // An address of one family leads to endpoints of that family; a name leads to either.
        ...(family && { families: [family] }),
      },
      path: facts.path,
      filters: [],
    },
    trace ? { frontend: key } : undefined,
  );
}

function refusedService(
  snapshot: Snapshot,
  key: ObjectKey,
  portName: string,
): RespondDecision['service'] {
  const [namespace = '', name = ''] = key.split('/');
  const port =
    findService(snapshot, key)?.ports.find((each) => each.name === portName)?.port ?? portName;
  return { namespace, name, port };
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
