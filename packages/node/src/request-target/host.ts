/** `uri-host [ ":" port ]` without percent-escapes: RFC 9110 section 7.2, RFC 3986 sections 3.2.2 and 3.2.3. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=-]+)(?::\d*)?$/i;

/** Names that a URL writes as they are, but for the case of letters: no IP addresses, no IDNA. */
const PLAIN_HOST = /^(?!.*xn--)(?:[a-z\d-]+\.)*[a-z][a-z\d-]*(?::[1-9]\d{0,3})?$/i;

/** Whether a text is a host that can be taken as it is, in lower case, for the one that a URL makes of it. */
export function isPlainHost(text: string): boolean {
  return PLAIN_HOST.test(text);
}

/**
 * Whether a text is a host with or without a port, and the one that a URL makes of it: not `127.1` or `0x7f.1`, which a URL
 * reads as the address 127.0.0.1.
 */
export function isHost(text: string): boolean {
  if (isPlainHost(text)) return true;
  if (!HOST.test(text) || !URL.canParse(`http://${text}`)) return false;
  const name = text.replace(/:\d*$/, '').toLowerCase();
  return name.startsWith('[') || new URL(`http://${text}`).hostname === name;
}
