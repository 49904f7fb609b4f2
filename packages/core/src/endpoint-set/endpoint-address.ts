import { formatIP, parseIP, unmapIP } from '../address/ip.ts';
import type { IPFamily } from '../resources/service.ts';

/**
 * An address as an endpoint carries it, in canonical form with its family; an IPv4-mapped IPv6 address is IPv4, as the
 * EndpointSlice controllers see it. `undefined` for what is no IP literal.
 */
export function endpointAddress(
  text: string,
): { readonly family: IPFamily; readonly address: string } | undefined {
  const parsed = parseIP(text);
  if (parsed === undefined) return undefined;
  const ip = unmapIP(parsed);
  return { family: ip.family, address: formatIP(ip) };
}
