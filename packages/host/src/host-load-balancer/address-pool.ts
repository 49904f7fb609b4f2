import {
  cidrContains,
  formatIP,
  parseCIDR,
  parseIP,
  unmapIP,
  type IP,
  type IPFamily,
} from '@portolan/core';

/** Addresses that are given out, in the order in which they are. */
export interface AddressPool {
  /** Those of one family; each may come twice where two entries have it. */
  readonly addresses: (family: IPFamily) => Iterable<string>;
  /** @param address In canonical form. */
  readonly has: (address: string) => boolean;
  readonly hasFamily: (family: IPFamily) => boolean;
}

interface AddressRange {
  readonly family: IPFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * A pool of addresses (`127.0.0.50`), ranges of them (`127.0.0.50-127.0.0.60`, with both ends) and CIDRs, without the network's
 * and the broadcast address of an IPv4 block (RFC 919 section 7) unless it is of one or two addresses (RFC 3021).
 *
 * @param isLocal Whether an address is one of this machine's.
 * @throws {RangeError} for an entry that is none of these, or that has an address which isn't this machine's.
 */
export function addressPool(
  entries: readonly string[],
  isLocal: (address: IP) => boolean,
): AddressPool {
  const ranges = entries.map((entry) => {
    const range = rangeOf(entry);
    if (range === undefined) {
      throw new RangeError(`${JSON.stringify(entry)} is no address, no range and no CIDR`);
    }
    const stranger = firstStranger(range, isLocal);
    if (stranger !== undefined) {
      throw new RangeError(`${formatIP(stranger)} of ${entry} is no address of this machine`);
    }
    return range;
  });
  return {
    addresses: function* (family) {
      for (const range of ranges) {
        if (range.family !== family) continue;
        for (const address of addressesIn(range)) yield formatIP(address);
      }
    },
    has: (address) => {
      const ip = parseIP(address);
      return (
        ip !== undefined &&
        ranges.some(
          ({ family, first, last }) =>
            family === ip.family && first <= ip.value && ip.value <= last,
        )
      );
    },
    hasFamily: (family) => ranges.some((range) => range.family === family),
  };
}

function rangeOf(entry: string): AddressRange | undefined {
  const cidr = parseCIDR(entry);
  if (cidr !== undefined) {
    const { family, network, prefixLength } = cidr;
    const size = 1n << BigInt((family === 'IPv4' ? 32 : 128) - prefixLength);
    const edge = family === 'IPv4' && size > 2n ? 1n : 0n;
    return { family, first: network + edge, last: network + size - 1n - edge };
  }
  const [first, last, ...more] = entry.split('-').map((text) => parseIP(text.trim()));
  if (first === undefined || more.length > 0) return undefined;
  if (last === undefined) return entry.includes('-') ? undefined : between(first, first);
  return between(first, last);
}

function between(start: IP, end: IP): AddressRange | undefined {
  const [first, last] = [unmapIP(start), unmapIP(end)];
  if (first.family !== last.family || first.value > last.value) return undefined;
  return { family: first.family, first: first.value, last: last.value };
}

function* addressesIn({ family, first, last }: AddressRange): Generator<IP, void, undefined> {
  for (let value = first; value <= last; value += 1n) yield { family, value };
}

const LOOPBACK = parseCIDR('127.0.0.0/8');

/** An address that a machine has only where it has all of 127.0.0.0/8. */
const ANY_LOOPBACK = parseIP('127.255.255.254');

/** The ends come first: a range that is far too large costs nothing. */
function firstStranger(range: AddressRange, isLocal: (address: IP) => boolean): IP | undefined {
  const { family, first, last } = range;
  const ends = [first, last].map((value): IP => ({ family, value }));
  const stranger = ends.find((address) => !isLocal(address));
  if (stranger !== undefined) return stranger;
  const isLoopback = ends.every((address) => LOOPBACK && cidrContains(LOOPBACK, address));
  if (isLoopback && ANY_LOOPBACK && isLocal(ANY_LOOPBACK)) return undefined;
  for (const address of addressesIn(range)) if (!isLocal(address)) return address;
  return undefined;
}
