import { canonicalIP } from '@portolan/core';

/**
 * The host of a `Host` header or an authority, as it is matched: lower case (A-labels of international names too),
 * without port, without trailing dot, an IPv6 literal without its brackets and in canonical form (RFC 5952).
 *
 * Labels may contain letters, digits, `-` and `_`, which is more than a rule's host may and what resolvers let pass.
 *
 * @returns `undefined` for what can't be a host: empty or too long labels or names (RFC 1035 §2.3.4), other characters,
 * a port that is no port, user information.
 */
export function normalizeHost(host: string): string | undefined {
  if (isName(host, host.length)) return host.toLowerCase();
  const port = portStart(host);
  if (port === undefined) return undefined;
  if (host.charCodeAt(0) === OPENING_BRACKET) {
    const address = host.slice(1, port - 1);
    return host.charAt(port - 1) === ']' && address.includes(':')
      ? canonicalIP(address)
      : undefined;
  }
  const end = host.charCodeAt(port - 1) === DOT ? port - 1 : port;
  return isName(host, end) ? host.slice(0, end).toLowerCase() : undefined;
}

const OPENING_BRACKET = 0x5b;
const COLON = 0x3a;
const DOT = 0x2e;
const MAXIMUM_NAME = 253;
const MAXIMUM_LABEL = 63;

/** Where the host ends and its port, if any, begins; `undefined` where what follows is no port. */
function portStart(host: string): number | undefined {
  const bracket = host.charCodeAt(0) === OPENING_BRACKET ? host.indexOf(']') : -1;
  const end = bracket >= 0 ? bracket + 1 : host.indexOf(':');
  if (end < 0 || end === host.length) return host.length;
  if (host.charCodeAt(end) !== COLON) return undefined;
  let port = 0;
  for (let index = end + 1; index < host.length; index++) {
    const digit = host.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    port = port * 10 + digit;
    if (port > 65_535) return undefined;
  }
  return end;
}

function isName(host: string, end: number): boolean {
  if (end === 0 || end > MAXIMUM_NAME) return false;
  let label = 0;
  for (let index = 0; index < end; index++) {
    const code = host.charCodeAt(index);
    if (code === DOT) {
      if (label === 0) return false;
      label = 0;
    } else if (isLabelCharacter(code)) {
      label++;
      if (label > MAXIMUM_LABEL) return false;
    } else {
      return false;
    }
  }
  return label > 0;
}

function isLabelCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d ||
    code === 0x5f
  );
}
