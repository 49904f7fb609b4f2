import { cidrContains, parseCIDR } from '../address/cidr.ts';
import { formatIP, parseIP } from '../address/ip.ts';
import type { Pool } from './allocation.ts';

/** Shorter IPv6 prefixes are refused, as the API server does: `--service-cluster-ip-range`. */
const SHORTEST_IPV6_PREFIX = 64;
/** Far more than there can be Services, and within what a 32 bit hash can tell apart. */
const LARGEST_SIZE = 2n ** 32n;

/**
 * The addresses of a block, such as `10.96.0.0/12`, without its first one and, for IPv4, without its last (the network's and
 * the broadcast address). Of a larger block than 2³² only the first 2³² addresses are given automatically.
 *
 * The static band is that of KEP-3070: a 16th of the block, at least 16 and at most 256 addresses; none in a block of up to 16.
 *
 * @param open Values outside the block may be fixed, if they are of its family: the block is only where automatic ones come from.
 * @throws {RangeError} where `cidr` is none, has no address to give, or is an IPv6 block with a prefix shorter than /64.
 */
export function ipPool(
  name: string,
  cidr: string,
  { open = false }: { readonly open?: boolean } = {},
): Pool {
  const block = parseCIDR(cidr);
  if (block === undefined) throw new RangeError(`pool ${name}: ${JSON.stringify(cidr)} is no CIDR`);
  const { family, network, prefixLength } = block;
  if (family === 'IPv6' && prefixLength < SHORTEST_IPV6_PREFIX) {
    throw new RangeError(`pool ${name}: ${cidr} is larger than a /${SHORTEST_IPV6_PREFIX}`);
  }
  const addresses = 2n ** BigInt((family === 'IPv4' ? 32 : 128) - prefixLength);
  const last = network + addresses - (family === 'IPv4' ? 2n : 1n);
  if (last <= network) throw new RangeError(`pool ${name}: ${cidr} has no address to give`);
  const size = last - network;
  return {
    name,
    size: Number(size < LARGEST_SIZE ? size : LARGEST_SIZE),
    staticBand: staticBandOf(addresses),
    valueAt: (index) => formatIP({ family, value: network + 1n + BigInt(index) }),
    canonical: (value) => {
      const ip = parseIP(value);
      if (ip === undefined) return undefined;
      if (open && ip.family === family) return formatIP(ip);
      if (!cidrContains(block, ip)) return undefined;
      return ip.value > network && ip.value <= last ? formatIP(ip) : undefined;
    },
    outOfRange: (value) =>
      `the provided IP (${value}) is not in the valid range. The range of valid IPs is ${cidr}`,
    allocated: 'provided IP is already allocated',
  };
}

function staticBandOf(addresses: bigint): number {
  if (addresses <= 16n) return 0;
  const share = addresses / 16n;
  return Number(share < 16n ? 16n : share > 256n ? 256n : share);
}
