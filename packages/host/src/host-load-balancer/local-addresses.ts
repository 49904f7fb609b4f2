import { networkInterfaces, platform } from 'node:os';

import { canonicalIP, cidrContains, formatIP, parseCIDR, type IP } from '@portolan/core';

const LOOPBACK = parseCIDR('127.0.0.0/8');

/** Whether addresses are this machine's, by its interfaces as they are now. On Linux all of 127.0.0.0/8 is. */
export function localAddresses(): (address: IP) => boolean {
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((each = []) =>
      each.flatMap(({ address }) => canonicalIP(address.replace(/%.*$/u, '')) ?? []),
    ),
  );
  const isAnyLoopback = platform() === 'linux';
  return (address) =>
    own.has(formatIP(address)) ||
    (isAnyLoopback && LOOPBACK !== undefined && cidrContains(LOOPBACK, address));
}
