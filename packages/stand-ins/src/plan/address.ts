import { hash } from '@portolan/core';
import type { ObjectKey, Resource } from '@portolan/core';

/** 127.1.0.1 to 127.254.255.254, without the last octets 0 and 255. */
const SPACE = 254 * 256 * 254;

/**
 * Gives out loopback addresses, each once and none of `reserved`: never in 127.0.0.0/16, where the system and its
 * resolvers listen. What a key is given follows from the key alone, unless that address is gone.
 */
export function addressPool(reserved: ReadonlySet<string>): (key: ObjectKey) => string {
  const taken = new Set(reserved);
  return (key) => {
    let place = hash(key) % SPACE;
    while (taken.has(loopbackAddress(place))) place = (place + 1) % SPACE;
    const address = loopbackAddress(place);
    taken.add(address);
    return address;
  };
}

function loopbackAddress(place: number): string {
  const last = (place % 254) + 1;
  const third = Math.floor(place / 254) % 256;
  const second = Math.floor(place / 254 / 256) + 1;
  return `127.${second}.${third}.${last}`;
}

/**
 * The IPv6 address of the Pod at an IPv4 loopback address: that address as the last 32 bits of `fd7f::/96`, a unique
 * local prefix (RFC 4193), in canonical form (RFC 5952). Nobody listens there: IPv6 has one loopback address only.
 */
export function ipv6Address(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `fd7f::${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** The addresses that `resources` dial, so that no stand-in takes one of them. */
export function dialledAddresses(resources: readonly Resource[]): ReadonlySet<string> {
  return new Set(resources.flatMap(addressesOf));
}

function addressesOf(resource: Resource): readonly string[] {
  if (resource.kind === 'Pod') {
    const { podIP, podIPs = [] } = resource.status ?? {};
    return [...podIPs.map(({ ip }) => ip), ...(podIP === undefined ? [] : [podIP])];
  }
  if (resource.kind === 'Node') {
    return (resource.status?.addresses ?? []).map(({ address }) => address);
  }
  if (resource.kind === 'EndpointSlice') {
    return (resource.endpoints ?? []).flatMap(({ addresses }) => addresses);
  }
  if (resource.kind === 'Endpoints') {
    return (resource.subsets ?? [])
      .flatMap(({ addresses = [], notReadyAddresses = [] }) => [...addresses, ...notReadyAddresses])
      .map(({ ip }) => ip);
  }
  return [];
}
