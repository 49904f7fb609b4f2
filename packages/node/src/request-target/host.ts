/** `uri-host [ ":" port ]` without percent-escapes: RFC 9110 section 7.2, RFC 3986 sections 3.2.2 and 3.2.3. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=-]+)(?::\d*)?$/i;

/**
 * Whether a text is a host with or without a port, and the one that a URL makes of it: not `127.1` or `0x7f.1`, which a URL
 * reads as the address 127.0.0.1.
 */
export function isHost(text: string): boolean {
  if (!HOST.test(text) || !URL.canParse(`http://${text}`)) return false;
  const name = text.replace(/:\d*$/, '').toLowerCase();
  return name.startsWith('[') || new URL(`http://${text}`).hostname === name;
}
