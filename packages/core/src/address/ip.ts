import type { IPFamily } from '../resources/service.ts';

/** An IP address as a number of 32 bits (IPv4) or 128 bits (IPv6). */
export interface IP {
  readonly family: IPFamily;
  readonly value: bigint;
}

const IPV6_GROUP = /^[0-9a-f]{1,4}$/i;
const LONGEST_IP = 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255'.length;

/**
 * Reads an IP literal, without brackets and without a zone. IPv4 is four decimal numbers without leading zeros; IPv6 is the
 * whole grammar of RFC 4291 section 2.2, where `::` stands for at least one group. Anything else gives `undefined`.
 */
export function parseIP(text: string): IP | undefined {
  if (text.length > LONGEST_IP) return undefined;
  const family = text.includes(':') ? 'IPv6' : 'IPv4';
  const value = family === 'IPv6' ? parseIPv6(text) : parseIPv4(text);
  return value === undefined ? undefined : { family, value };
}

/**
 * What is wrong with a value as an IP literal of either family, in the API server's words; empty when nothing is.
 *
 * Source: Kubernetes API reference, ServiceSpec v1 core, `clusterIPs`.
 */
export function validateIP(value: string): readonly string[] {
  return parseIP(value) ? [] : ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
}

const DOT = 0x2e;

/** Reads each character once: there are as many addresses as endpoints. */
function parseIPv4(text: string): bigint | undefined {
  let value = 0;
  let octets = 0;
  let digits = 0;
  let octet = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : DOT;
    if (code === DOT) {
      if (digits === 0 || octet > 255) return undefined;
      value = value * 256 + octet;
      octets += 1;
      [digits, octet] = [0, 0];
      continue;
    }
    const digit = code - 0x30;
    const isLeadingZero = digits === 1 && octet === 0;
    if (!(digit >= 0 && digit <= 9) || isLeadingZero || digits === 3) return undefined;
    octet = octet * 10 + digit;
    digits += 1;
  }
  return octets === 4 ? BigInt(value) : undefined;
}

function parseIPv6(text: string): bigint | undefined {
  const [head, tail, ...more] = withoutEmbeddedIPv4(text).split('::');
  if (head === undefined || more.length > 0) return undefined;
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  if (!groups.every((group) => IPV6_GROUP.test(group))) return undefined;
  return BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`);
}

/** A malformed embedded address is left as it is, and fails as a group. */
function withoutEmbeddedIPv4(text: string): string {
  const start = text.lastIndexOf(':') + 1;
  const value = parseIPv4(text.slice(start));
  if (value === undefined) return text;
  return `${text.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}

/**
 * Writes an address in its canonical form: RFC 5952 for IPv6, with an IPv4-mapped address in mixed notation
 * (`::ffff:192.0.2.1`).
 */
export function formatIP(ip: IP): string {
  if (ip.family === 'IPv4') return formatIPv4(ip.value);
  if (isMapped(ip)) return `::ffff:${formatIPv4(ip.value & 0xffff_ffffn)}`;
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((ip.value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const zeros = longestZeros(groups);
  if (zeros.length < 2) return groups.join(':');
  const head = groups.slice(0, zeros.start).join(':');
  return `${head}::${groups.slice(zeros.start + zeros.length).join(':')}`;
}

function formatIPv4(value: bigint): string {
  const bits = Number(value);
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

/** The first of the longest runs of zero groups: RFC 5952 section 4.2.3. */
function longestZeros(groups: readonly string[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let length = 0;
  for (const [index, group] of groups.entries()) {
    length = group === '0' ? length + 1 : 0;
    if (length > longest.length) longest = { start: index - length + 1, length };
  }
  return longest;
}

/** The canonical form of an IP literal, `undefined` for anything else. */
export function canonicalIP(text: string): string | undefined {
  const ip = parseIP(text);
  return ip && formatIP(ip);
}

/** The IPv4 address inside an IPv4-mapped IPv6 address (`::ffff:0:0/96`, RFC 4291 section 2.5.5.2); any other as it is. */
export function unmapIP(ip: IP): IP {
  return isMapped(ip) ? { family: 'IPv4', value: ip.value & 0xffff_ffffn } : ip;
}

function isMapped(ip: IP): boolean {
  return ip.family === 'IPv6' && ip.value >> 32n === 0xffffn;
}
