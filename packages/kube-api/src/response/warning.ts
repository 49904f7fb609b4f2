/** In UTF-16 code units, of one and of all: field lines may not grow without end. */
const LONGEST = 256;
const LONGEST_TOGETHER = 4096;

/**
 * `Warning` fields with what a client is warned of, as many as fit.
 *
 * Source: RFC 7234 section 5.5: a code, no agent, and a text between quotes.
 */
export function addWarnings(headers: Headers, warnings: readonly string[]): void {
  let length = 0;
  for (const text of warnings) {
    const printable = text.slice(0, LONGEST).replaceAll(/[^ -~]+/g, '?');
    length += printable.length;
    if (length > LONGEST_TOGETHER) return;
    headers.append('warning', `299 - "${printable.replaceAll(/["\\]/g, String.raw`\$&`)}"`);
  }
}
