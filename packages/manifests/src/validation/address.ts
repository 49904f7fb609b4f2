import {
  addressScope,
  cidrContains,
  parseCIDR,
  parseIP,
  unmapIP,
  validateFullyQualifiedDomainName,
} from '@portolan/core';
import type { IP, IPFamily } from '@portolan/core';

import { invalid, type FieldErrors } from './field-errors.ts';

/** A literal of either family. */
export function* validateIP(value: string, field: string): FieldErrors {
  if (!parseIP(value)) {
    const detail = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
    yield invalid(field, value, detail);
  }
}

/** A literal of one family. */
export function* validateIPOfFamily(value: string, family: IPFamily, field: string): FieldErrors {
  const ip = parseIP(value);
  if (!ip || unmapIP(ip).family !== family) {
    yield invalid(field, value, `must be a valid ${family} address`);
  }
}

export function* validateCIDR(value: string, field: string): FieldErrors {
  if (!parseCIDR(value)) {
    const detail = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
    yield invalid(field, value, detail);
  }
}

const SPECIAL_RANGES: readonly (readonly [detail: string, ranges: readonly string[]])[] = [
  ['may not be in the loopback range (127.0.0.0/8, ::1/128)', ['127.0.0.0/8', '::1/128']],
  [
    'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    ['169.254.0.0/16', 'fe80::/10'],
  ],
  [
    'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    ['224.0.0.0/24', 'ff02::/16'],
  ],
];

/** An address that endpoints and external IPs may have: one that means the same on every node. */
export function* validateNonSpecialIP(value: string, field: string): FieldErrors {
  const ip = parseIP(value);
  if (!ip) {
    yield invalid(field, value, 'must be a valid IP address');
    return;
  }
  if (ip.value === 0n) {
    yield invalid(field, value, `may not be unspecified (${value})`);
  }
  for (const [detail, ranges] of SPECIAL_RANGES) {
    if (ranges.flatMap((range) => parseCIDR(range) ?? []).some((cidr) => cidrContains(cidr, ip))) {
      yield invalid(field, value, detail);
    }
  }
}

/**
 * An address of an endpoint. The API server refuses those of the machine itself, since every node would take them for its
 * own. Here there is one machine, and a process on it may well be meant.
 */
export function* validateEndpointIP(value: string, field: string): FieldErrors {
  const isLoopback = addressScope(parseIP(value) ?? UNSPECIFIED) === 'loopback';
  for (const fault of validateNonSpecialIP(value, field)) {
    yield isLoopback ? { ...fault, tolerated: ON_THIS_MACHINE } : fault;
  }
}

/** A domain name of an endpoint, or this machine's own. */
export function* validateEndpointName(value: string, field: string): FieldErrors {
  for (const fault of validateFullyQualifiedDomainName(value, field)) {
    yield value === 'localhost' ? { ...fault, tolerated: ON_THIS_MACHINE } : fault;
  }
}

const UNSPECIFIED: IP = { family: 'IPv4', value: 0n };
const ON_THIS_MACHINE = 'a cluster refuses it; here it is dialled on this machine';
