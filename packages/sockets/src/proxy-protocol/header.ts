import type { SocketAddress } from '../address/socket-address.ts';

/** Between whom a connection is. Both addresses are of one IP family. */
export interface ConnectionAddresses {
  readonly source: SocketAddress;
  readonly destination: SocketAddress;
}

/** "The PROXY protocol, versions 1 & 2" section 2.2: what no other protocol begins with. */
export const SIGNATURE: Uint8Array = Uint8Array.of(
  0x0d,
  0x0a,
  0x0d,
  0x0a,
  0x00,
  0x0d,
  0x0a,
  0x51,
  0x55,
  0x49,
  0x54,
  0x0a,
);

/** Up to where the length of the rest is known: section 2.2. */
export const FIXED_LENGTH = 16;

/** The version in the upper half, and the command. */
export const VERSION_2 = 0x20;
export const LOCAL = 0;
export const PROXY = 1;

/** Family and transport: TCP over each. */
export const TCP4 = 0x11;
export const TCP6 = 0x21;

/** Bytes of an address. */
export const IPV4_BYTES = 4;
export const IPV6_BYTES = 16;
