import { cidrContains, formatIP, parseCIDR, parseIP, type CIDR, type IP } from '@portolan/core';

type Ranges = readonly string[] | undefined;

/** Reserved for documentation: RFC 5737, RFC 3849. */
const STRANGERS = ['198.51.100.7', '203.0.113.7', '192.0.2.7', '2001:db8::7'];

/**
 * Addresses of clients that two frontends can tell apart: in the ranges of both, of either and of neither, and one that isn't
 * known. The plainest comes first.
 *
 * @param before source ranges; `undefined` where everybody may come
 * @param hasAffinity Whether a Service keeps clients that it knows to one endpoint.
 */
export function clientAddresses(
  before: Ranges,
  after: Ranges,
  hasAffinity: boolean,
): readonly (string | undefined)[] {
  const ranges = [before, after].map((each) =>
    (each ?? []).flatMap((text) => parseCIDR(text) ?? []),
  );
  if (before === undefined && after === undefined) {
    return hasAffinity ? [undefined, STRANGERS[0]] : [undefined];
  }
  const found = new Map<string, string>();
  for (const ip of candidates(ranges.flat())) {
    const key = JSON.stringify(ranges.map((side) => side.some((cidr) => cidrContains(cidr, ip))));
    if (!found.has(key)) found.set(key, formatIP(ip));
  }
  return [...found.values(), undefined];
}

/**
 * Addresses of which at least one is in each part that the blocks cut the address space into: wherever a block begins, and
 * behind its end. A block begins with the address of a network, so the one after it is tried first.
 */
function candidates(blocks: readonly CIDR[]): readonly IP[] {
  const strangers = STRANGERS.flatMap((text) => parseIP(text) ?? []);
  const edges = blocks.flatMap(({ family, network, prefixLength }) => {
    const last = network + (1n << BigInt(bitsOf(family) - prefixLength)) - 1n;
    const values = [network + 1n, network, last + 1n];
    return values.map((value): IP => ({ family, value }));
  });
  const zeros: readonly IP[] = [
    { family: 'IPv4', value: 0n },
    { family: 'IPv6', value: 0n },
  ];
  return [...strangers, ...edges, ...zeros].filter(
    ({ family, value }) => value >> BigInt(bitsOf(family)) === 0n,
  );
}

function bitsOf(family: IP['family']): number {
  return family === 'IPv4' ? 32 : 128;
}
