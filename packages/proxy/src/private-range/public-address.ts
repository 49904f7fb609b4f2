import { addressScope, cidrContains, parseCIDR, parseIP, type CIDR } from '@portolan/core';

/** IPv4 addresses inside IPv6 ones: RFC 6052 section 2.1. A translator on the way leads to whatever is inside. */
const NAT64: readonly CIDR[] = ['64:ff9b::/96'].flatMap((block) => parseCIDR(block) ?? []);

/**
 * Whether a text is an IP literal of the public Internet: not loopback, link-local (where clouds keep their metadata),
 * private, shared, multicast or otherwise reserved, nor an IPv6 address that stands for such an IPv4 one.
 */
export function isPublicAddress(text: string): boolean {
  const ip = parseIP(text.replace(/%.*$/, ''));
  if (ip === undefined) return false;
  if (NAT64.some((block) => cidrContains(block, ip))) {
    return addressScope({ family: 'IPv4', value: ip.value & 0xffff_ffffn }) === 'public';
  }
  return addressScope(ip) === 'public';
}
