import { canonicalIP, parseIP } from '@portolan/core';

import { localAddresses } from '../host-load-balancer/local-addresses.ts';

/** Whether an IP literal is an address of this machine, by its interfaces as they are now. */
export function isLocalAddress(address: string): boolean {
  const ip = parseIP(address);
  return ip !== undefined && localAddresses()(ip);
}

/** Whether nobody but this machine reaches an address: RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3. */
export function isLoopback(address: string): boolean {
  const own = canonicalIP(address) ?? '';
  return own === '::1' || own.startsWith('127.');
}
