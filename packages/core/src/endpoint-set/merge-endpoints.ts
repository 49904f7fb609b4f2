import { parseIP } from '../address/ip.ts';
import { compareText } from '../resources/order.ts';
import type { Endpoint } from './endpoint-set.ts';

/**
 * The endpoints of several sources in one list, none twice: of those with one address and port the earlier source's is kept,
 * and within a source the one that is better fit to answer. Sorted by address type (IPv4, IPv6, FQDN), address (as a number,
 * or as text), and port, whatever order they come in.
 */
export function mergeEndpoints(...sources: readonly (readonly Endpoint[])[]): readonly Endpoint[] {
  const [first = new Map<string, Endpoint>(), ...others] = sources.map(bestByPlace);
  for (const other of others) {
    for (const [place, endpoint] of other) {
      if (!first.has(place)) first.set(place, endpoint);
    }
  }
  return [...first].toSorted(([a], [b]) => compareText(a, b)).map(([, endpoint]) => endpoint);
}

function bestByPlace(endpoints: readonly Endpoint[]): Map<string, Endpoint> {
  const best = new Map<string, Endpoint>();
  for (const endpoint of endpoints) {
    const place = placeOf(endpoint);
    const other = best.get(place);
    if (other === undefined || compareText(rank(endpoint), rank(other)) < 0) {
      best.set(place, endpoint);
    }
  }
  return best;
}

const ADDRESS_TYPES = { IPv4: 0, IPv6: 1, FQDN: 2 };

/** Tells address and port apart from every other, and sorts as text the way that endpoints are sorted. */
function placeOf(endpoint: Endpoint): string {
  const ip = parseIP(endpoint.address);
  const address = ip ? ip.value.toString(16).padStart(32, '0') : endpoint.address;
  const port = String(endpoint.port).padStart(5, '0');
  return `${ADDRESS_TYPES[endpoint.addressType]} ${address} ${port}`;
}

/** Ready before serving before terminating; the rest only settles which of two equally good ones is kept. */
function rank(endpoint: Endpoint): string {
  const { ready, serving, terminating, nodeName, zone, hostname, target, hints, weight } = endpoint;
  const flags = [!ready, !serving, terminating].map(Number).join('');
  return flags + JSON.stringify([nodeName, zone, hostname, target, hints, weight]);
}
