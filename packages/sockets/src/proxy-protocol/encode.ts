import { parseIP, unmapIP, type IP } from '@portolan/core';

import {
  FIXED_LENGTH,
  IPV4_BYTES,
  IPV6_BYTES,
  PROXY,
  SIGNATURE,
  TCP4,
  TCP6,
  VERSION_2,
  type ConnectionAddresses,
} from './header.ts';

/**
 * A header of version 2 that says between whom a TCP connection is. Where only one side's address is IPv4, it is written as an
 * IPv4-mapped one.
 *
 * Source: HAProxy, "The PROXY protocol, versions 1 & 2", section 2.2.
 *
 * @throws RangeError where an address is no IP literal.
 */
export function encodeProxyHeader({ source, destination }: ConnectionAddresses): Uint8Array {
  const from = ip(source.address);
  const to = ip(destination.address);
  const isIPv4 = from.family === 'IPv4' && to.family === 'IPv4';
  const size = isIPv4 ? IPV4_BYTES : IPV6_BYTES;
  const length = 2 * size + 4;
  const bytes = new Uint8Array(FIXED_LENGTH + length);
  const view = new DataView(bytes.buffer);
  bytes.set(SIGNATURE);
  bytes[12] = VERSION_2 | PROXY;
  bytes[13] = isIPv4 ? TCP4 : TCP6;
  view.setUint16(14, length);
  bytes.set(addressBytes(from, size), FIXED_LENGTH);
  bytes.set(addressBytes(to, size), FIXED_LENGTH + size);
  view.setUint16(FIXED_LENGTH + 2 * size, source.port);
  view.setUint16(FIXED_LENGTH + 2 * size + 2, destination.port);
  return bytes;
}

function ip(text: string): IP {
  const found = parseIP(text);
  if (found === undefined) throw new RangeError(`${text} is no IP address`);
  return unmapIP(found);
}

/** ::ffff:0:0, before which an IPv4 address stands for an IPv6 one: RFC 4291 section 2.5.5.2. */
const MAPPED = 0xffff_0000_0000n;

function addressBytes({ family, value }: IP, size: number): Uint8Array {
  let rest = family === 'IPv4' && size === IPV6_BYTES ? MAPPED | value : value;
  const bytes = new Uint8Array(size);
  for (let index = size - 1; index >= 0; index -= 1) {
    bytes[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}
