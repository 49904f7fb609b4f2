import { formatIP, parseIP, unmapIP, type IPFamily } from '@portolan/core';

import type { SocketAddress } from '../address/socket-address.ts';
import {
  FIXED_LENGTH,
  IPV4_BYTES,
  IPV6_BYTES,
  LOCAL,
  PROXY,
  SIGNATURE,
  TCP4,
  TCP6,
  VERSION_2,
  type ConnectionAddresses,
} from './header.ts';

/** A header, whole. */
export interface DecodedHeader {
  /** How many bytes it has; what follows is the client's. */
  readonly length: number;
  /**
   * Between whom the connection is that it speaks of. Absent where it is the one that it came by, or where that is not said: `LOCAL`,
   * `UNKNOWN`, `UNSPEC` and what is not TCP over IP.
   */
  readonly addresses?: ConnectionAddresses;
}

/** `partial`: more has to come. `malformed`: it is no header, whatever comes. */
export type Decoding = DecodedHeader | 'malformed' | 'partial';

/** The longest line of version 1, its end included: section 2.1. */
const LONGEST_LINE = 107;

/** The longest header of version 2 that is taken: there is room for what balancers add, certificates among it. */
const LONGEST = 16 * 1024;

const LINE_START = new TextEncoder().encode('PROXY ');

/**
 * Reads a header, of version 1 or 2, from the first bytes of a connection. What version 2 has besides addresses is passed over.
 *
 * Source: HAProxy, "The PROXY protocol, versions 1 & 2", section 2.
 */
export function decodeProxyHeader(bytes: Uint8Array): Decoding {
  if (startsAlike(bytes, SIGNATURE)) return decodeBinary(bytes);
  if (startsAlike(bytes, LINE_START)) return decodeLine(bytes);
  return 'malformed';
}

/** Whether the bytes begin as they should, as far as they go. */
function startsAlike(bytes: Uint8Array, start: Uint8Array): boolean {
  const length = Math.min(bytes.length, start.length);
  return bytes.subarray(0, length).every((byte, index) => byte === start[index]);
}

function decodeBinary(bytes: Uint8Array): Decoding {
  if (bytes.length < FIXED_LENGTH) return 'partial';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const versionAndCommand = view.getUint8(12);
  const command = versionAndCommand & 0xf;
  const transport = view.getUint8(13);
  const length = FIXED_LENGTH + view.getUint16(14);
  if ((versionAndCommand & 0xf0) !== VERSION_2 || length > LONGEST) return 'malformed';
  if (command !== LOCAL && command !== PROXY) return 'malformed';
  if (bytes.length < length) return 'partial';
  // Whatever a LOCAL header says besides is to be discarded.
  if (command === LOCAL) return { length };
  // Families and transports beyond those that there are.
  if (transport >> 4 > 3 || (transport & 0xf) > 2) return 'malformed';
  if (transport !== TCP4 && transport !== TCP6) return { length };

  const size = transport === TCP4 ? IPV4_BYTES : IPV6_BYTES;
  if (length < FIXED_LENGTH + 2 * size + 4) return 'malformed';
  const at = (offset: number): string => addressOf(bytes.subarray(offset, offset + size));
  const ports = FIXED_LENGTH + 2 * size;
  return {
    length,
    addresses: {
      source: { address: at(FIXED_LENGTH), port: view.getUint16(ports) },
      destination: { address: at(FIXED_LENGTH + size), port: view.getUint16(ports + 2) },
    },
  };
}

function addressOf(bytes: Uint8Array): string {
  const family: IPFamily = bytes.length === IPV4_BYTES ? 'IPv4' : 'IPv6';
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return formatIP(unmapIP({ family, value }));
}

function decodeLine(bytes: Uint8Array): Decoding {
  const end = bytes.subarray(0, LONGEST_LINE).indexOf(0x0a);
  if (end === -1) return bytes.length < LONGEST_LINE ? 'partial' : 'malformed';
  const line = new TextDecoder('latin1').decode(bytes.subarray(0, end));
  if (!line.endsWith('\r')) return 'malformed';
  const length = end + 1;
  const [, family, ...fields] = line.slice(0, -1).split(' ');
  // Whatever follows UNKNOWN is to be ignored.
  if (family === 'UNKNOWN') return { length };
  const [from, to, fromPort, toPort, ...rest] = fields;
  const source = read(family, from, fromPort);
  const destination = read(family, to, toPort);
  if (source === undefined || destination === undefined || rest.length > 0) return 'malformed';
  return { length, addresses: { source, destination } };
}

const FAMILIES: ReadonlyMap<string, IPFamily> = new Map([
  ['TCP4', 'IPv4'],
  ['TCP6', 'IPv6'],
]);

const PORT = /^(0|[1-9]\d{0,4})$/;

function read(family = '', address = '', port = ''): SocketAddress | undefined {
  const ip = parseIP(address);
  if (ip === undefined || ip.family !== FAMILIES.get(family)) return undefined;
  if (!PORT.test(port) || Number(port) > 65_535) return undefined;
  return { address: formatIP(unmapIP(ip)), port: Number(port) };
}
