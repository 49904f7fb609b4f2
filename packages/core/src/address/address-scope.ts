import { cidrContains, parseCIDR } from './cidr.ts';
import type { CIDR } from './cidr.ts';
import type { IP } from './ip.ts';

/**
 * How far an address reaches.
 *
 * - `public`: globally reachable.
 * - `private`: inside one organisation or provider: RFC 1918, RFC 4193, RFC 6598 (100.64.0.0/10), RFC 8215.
 * - `reserved`: set aside by the IETF for anything else that is not globally reachable.
 */
export type AddressScope =
  | 'public'
  | 'private'
  | 'loopback'
  | 'link-local'
  | 'unspecified'
  | 'multicast'
  | 'documentation'
  | 'reserved';

/**
 * The IANA IPv4 and IPv6 Special-Purpose Address Registries and multicast address spaces; the narrower block first. What
 * IPv6 leaves over outside 2000::/3 is not assigned for unicast (IANA IPv6 Address Space).
 */
const BLOCKS: readonly (readonly [AddressScope, ...string[]])[] = [
  ['unspecified', '0.0.0.0/32', '::/128'],
  ['loopback', '127.0.0.0/8', '::1/128'],
  ['link-local', '169.254.0.0/16', 'fe80::/10'],
  ['private', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
  ['private', 'fc00::/7', '64:ff9b:1::/48'],
  ['multicast', '224.0.0.0/4', 'ff00::/8'],
  ['documentation', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'],
  ['documentation', '2001:db8::/32', '3fff::/20'],
  // Port Control Protocol and TURN anycast, inside the block for IETF protocols.
  ['public', '192.0.0.9/32', '192.0.0.10/32'],
  ['reserved', '0.0.0.0/8', '192.0.0.0/24', '192.88.99.0/24', '198.18.0.0/15', '240.0.0.0/4'],
  ['public', '0.0.0.0/0'],
  // NAT64, whatever the IPv4 address inside: RFC 6052 section 2.1.
  ['public', '64:ff9b::/96'],
  // PCP, TURN and DNS-SD SRP anycast; AMT, AS112, ORCHIDv2 and drone identifiers.
  ['public', '2001:1::1/128', '2001:1::2/128', '2001:1::3/128'],
  ['public', '2001:3::/32', '2001:4:112::/48', '2001:20::/28', '2001:30::/28'],
  ['reserved', '2001::/23', '2002::/16'],
  ['public', '2000::/3'],
  ['reserved', '::/0'],
];

const SCOPES: readonly (readonly [CIDR, AddressScope])[] = BLOCKS.flatMap(([scope, ...blocks]) =>
  blocks.flatMap((block) => parseCIDR(block) ?? []).map((cidr) => [cidr, scope] as const),
);

/** How far an address reaches. An IPv4-mapped one is judged by the IPv4 address inside. */
export function addressScope(ip: IP): AddressScope {
  return SCOPES.find(([cidr]) => cidrContains(cidr, ip))?.[1] ?? 'reserved';
}
