import { cidrContains, parseCIDR, parseIP } from '@portolan/core';

import type { Decision } from '../decision/decision.ts';
import type { SnapshotFrontend } from '../snapshot/snapshot.ts';
import { forwardToService, type Deciding } from './forward-to-service.ts';

/**
 * Someone knocked at a Service's own address. What comes in there is not looked into: the path goes on as it was
 * received.
 */
export function decideFrontend(
  deciding: Deciding,
  frontend: SnapshotFrontend,
  key: string,
): Decision {
  const { facts, trace } = deciding;
  const { sourceRanges, trafficPolicy, anyNode } = frontend;
  if (sourceRanges !== undefined && !isFromOneOf(sourceRanges, facts.clientAddress)) {
    return {
      outcome: 'respond',
      status: 403,
      reason: 'SourceNotAllowed',
      message: `${facts.clientAddress ?? 'a client without address'} is in none of ${sourceRanges.join(', ')}`,
      ...(trace && { trace: { frontend: key, excluded: [] } }),
    };
  }
  // An address of one family leads to endpoints of that family; a name leads to either.
  const family = parseIP(frontendHost(key))?.family;
  return forwardToService(
    deciding,
    {
      service: frontend.service,
      port: frontend.portName,
      client: {
        trafficPolicy,
        anyNode: anyNode ?? false,
        node: frontend.node ?? facts.node,
        zone: facts.zone,
        ...(family && { families: [family] }),
      },
      path: facts.path,
      filters: [],
    },
    trace ? { frontend: key } : undefined,
  );
}

/** Nobody whose address isn't known is let in where only some are. */
function isFromOneOf(ranges: readonly string[], address: string | undefined): boolean {
  const ip = parseIP(address ?? '');
  return ranges.some((range) => {
    const cidr = parseCIDR(range);
    return ip !== undefined && cidr !== undefined && cidrContains(cidr, ip);
  });
}

/** The address in `external TCP 192.0.2.10:30080`. */
function frontendHost(key: string): string {
  return key.slice(key.lastIndexOf(' ') + 1, key.lastIndexOf(':'));
}
