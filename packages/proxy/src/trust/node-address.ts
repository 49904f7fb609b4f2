import { parseIP, unmapIP, type IP } from '@portolan/core';

/** An address, IPv6 perhaps in brackets, with a port, which may be obfuscated: RFC 7239 section 6. */
const NODE = /^(?:\[([\da-f:.]+)\]|([\d.]+))(?::(?:\d{1,5}|_[\w.-]+))?$/i;

/**
 * The address of a node, as proxies write it: `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`. Anything
 * else, such as `unknown` and obfuscated identifiers, gives `undefined`.
 */
export function nodeAddress(text: string): IP | undefined {
  const [, inBrackets, bare] = NODE.exec(text) ?? [];
  const ip = parseIP(inBrackets ?? bare ?? text);
  return ip && unmapIP(ip);
}
