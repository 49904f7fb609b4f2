/** RFC 9110 section 9.3, and RFC 5789. Whatever else a client thinks of must not make a series, or a kind of span, of its own. */
export const KNOWN_METHODS: ReadonlySet<string> = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'TRACE',
]);
