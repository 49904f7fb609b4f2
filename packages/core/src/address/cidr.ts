import type { IPFamily } from '../resources/service.ts';
import { parseIP, unmapIP } from './ip.ts';
import type { IP } from './ip.ts';

/** A block of addresses. */
export interface CIDR {
  readonly family: IPFamily;
  /** The first address of the block. */
  readonly network: bigint;
  /** 0–32 for IPv4, 0–128 for IPv6. */
  readonly prefixLength: number;
}

const PREFIX_LENGTH = /^(0|[1-9]\d{0,2})$/;

/**
 * Reads `address/prefix length` (RFC 4632 section 3.1, RFC 4291 section 2.3). Bits behind the prefix may be set and are
 * dropped. A block of IPv4-mapped addresses is read as the IPv4 block it stands for. Anything else gives `undefined`.
 */
export function parseCIDR(text: string): CIDR | undefined {
  const slash = text.indexOf('/');
  const ip = parseIP(text.slice(0, Math.max(slash, 0)));
  if (ip === undefined || !PREFIX_LENGTH.test(text.slice(slash + 1))) return undefined;
  const prefixLength = Number(text.slice(slash + 1));
  if (prefixLength > bits(ip.family)) return undefined;
  const unmapped = unmapIP(ip);
  return unmapped.family === ip.family || prefixLength < 96
    ? cidrOf(ip, prefixLength)
    : cidrOf(unmapped, prefixLength - 96);
}

/**
 * What is wrong with a value as a CIDR of either family, in the API server's words; empty when nothing is.
 *
 * Source: Kubernetes API reference, ServiceSpec v1 core, `loadBalancerSourceRanges`.
 */
export function validateCIDR(value: string): readonly string[] {
  return parseCIDR(value)
    ? []
    : ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
}

function cidrOf(ip: IP, prefixLength: number): CIDR {
  const free = BigInt(bits(ip.family) - prefixLength);
  return { family: ip.family, network: (ip.value >> free) << free, prefixLength };
}

function bits(family: IPFamily): number {
  return family === 'IPv4' ? 32 : 128;
}

/** Whether the address is in the block. An IPv4-mapped IPv6 address is compared as the IPv4 address inside it. */
export function cidrContains(cidr: CIDR, address: IP): boolean {
  const ip = unmapIP(address);
  return ip.family === cidr.family && cidrOf(ip, cidr.prefixLength).network === cidr.network;
}
