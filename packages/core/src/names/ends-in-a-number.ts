/**
 * Whether a domain name is one that URL parsers read as an IPv4 address, or as a failed attempt at one: `10.0.0.1`, `127.1`,
 * `example.0x7f`. A dot may close it.
 *
 * Source: WHATWG URL, section 3.5, ends-in-a-number checker.
 */
export function endsInANumber(name: string): boolean {
  return /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i.test(name);
}
