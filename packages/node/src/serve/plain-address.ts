/** An address of a socket. Of an IPv4 connection to a socket that takes IPv6 as well, the IPv4 one: RFC 4291 section 2.5.5.2. */
export function plainAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/, '');
}
