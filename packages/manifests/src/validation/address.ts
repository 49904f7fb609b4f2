import {
  addressScope,
  endsInANumber,
  parseIP,
  unmapIP,
  validateFullyQualifiedDomainName,
} from '@portolan/core';
import type { IP, IPFamily } from '@portolan/core';

import { invalid, type FieldErrors } from './field-errors.ts';

/** A literal of one family. */
export function* validateIPOfFamily(value: string, family: IPFamily, field: string): FieldErrors {
  const ip = parseIP(value);
  if (!ip || unmapIP(ip).family !== family) {
    yield invalid(field, value, `must be a valid ${family} address`);
  }
}

const LOOPBACK = 'may not be in the loopback range (127.0.0.0/8, ::1/128)';
const LINK_LOCAL = 'may not be in the link-local range (169.254.0.0/16, fe80::/10)';
const LINK_LOCAL_MULTICAST =
  'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)';

/** An address that endpoints and external IPs may have: one that means the same on every node. */
export function* validateNonSpecialIP(value: string, field: string): FieldErrors {
  const ip = parseIP(value);
  const detail = ip ? specialty(ip, value) : 'must be a valid IP address';
  if (detail !== undefined) yield invalid(field, value, detail);
}

/** What makes an address special, in the API server's words. */
function specialty(ip: IP, text: string): string | undefined {
  const scope = addressScope(ip);
  if (scope === 'unspecified') return `may not be unspecified (${text})`;
  if (scope === 'loopback') return LOOPBACK;
  if (scope === 'link-local') return LINK_LOCAL;
  return scope === 'multicast' && isLinkLocalMulticast(ip) ? LINK_LOCAL_MULTICAST : undefined;
}

/** 224.0.0.0/24, or ff02::/16 with any flags: RFC 5771 section 4, RFC 4291 section 2.7. */
function isLinkLocalMulticast(ip: IP): boolean {
  const { family, value } = unmapIP(ip);
  return family === 'IPv4' ? value >> 8n === 0xe0_0000n : ((value >> 112n) & 0xff0fn) === 0xff02n;
}

/**
 * An address of an endpoint. The API server refuses those of the machine itself, since every node would take them for its
 * own. Here there is one machine, and a process on it may well be meant.
 */
export function* validateEndpointIP(value: string, field: string): FieldErrors {
  for (const fault of validateNonSpecialIP(value, field)) {
    yield fault.detail === LOOPBACK ? { ...fault, tolerated: ON_THIS_MACHINE } : fault;
  }
}

/** A domain name of an endpoint, or this machine's own. One that URL parsers take for an address would be dialled as one. */
export function* validateEndpointName(value: string, field: string): FieldErrors {
  for (const fault of validateFullyQualifiedDomainName(value, field)) {
    yield value === 'localhost' ? { ...fault, tolerated: ON_THIS_MACHINE } : fault;
  }
  if (endsInANumber(value)) yield invalid(field, value, 'must be a DNS name, not an IP address');
}

const ON_THIS_MACHINE = 'a cluster refuses it; here it is dialled on this machine';
