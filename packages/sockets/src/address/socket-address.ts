/** One side of a connection. */
export interface SocketAddress {
  /** An IP literal, without brackets. */
  readonly address: string;
  readonly port: number;
}

/**
 * An address as a socket gives it, made comparable: without a zone, and of an IPv4 client of a socket that takes IPv6 as well,
 * the IPv4 one (RFC 4291 section 2.5.5.2).
 */
export function plainAddress(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
}
