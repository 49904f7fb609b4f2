import { parseIP } from '@portolan/core';

/**
 * The name under which DNS keeps what an IP address is called: `7.1.244.10.in-addr.arpa` (RFC 1035 section 3.5), or 32
 * nibbles and `ip6.arpa` (RFC 3596 section 2.5).
 *
 * @throws {TypeError} for anything but an IP literal.
 */
export function reverseName(address: string): string {
  const ip = parseIP(address);
  if (ip === undefined) throw new TypeError(`${address} is no IP address`);
  if (ip.family === 'IPv4') return `${address.split('.').toReversed().join('.')}.in-addr.arpa`;
  const nibbles = ip.value.toString(16).padStart(32, '0');
  return `${nibbles.split('').toReversed().join('.')}.ip6.arpa`;
}
