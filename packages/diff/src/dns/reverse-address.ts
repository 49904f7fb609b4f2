import { canonicalIP } from '@portolan/core';

/** The address that a name of a reverse zone stands for: RFC 1035 section 3.5, RFC 3596 section 2.5. */
export function reverseAddress(name: string): string | undefined {
  const [, ipv4] = /^((?:\d+\.){4})in-addr\.arpa$/.exec(name) ?? [];
  if (ipv4 !== undefined) return canonicalIP(labelsOf(ipv4).toReversed().join('.'));
  const [, ipv6] = /^((?:[\da-f]\.){32})ip6\.arpa$/.exec(name) ?? [];
  if (ipv6 === undefined) return undefined;
  const nibbles = labelsOf(ipv6).toReversed().join('');
  return canonicalIP(nibbles.match(/.{4}/g)?.join(':') ?? '');
}

/** Each label is followed by a dot. */
function labelsOf(name: string): readonly string[] {
  return name.split('.').slice(0, -1);
}
