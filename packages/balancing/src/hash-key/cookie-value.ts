/**
 * The value of the first cookie called `name`, quotes and all. Clients put the one with the longest path, which is meant,
 * first: RFC 6265 section 5.4.
 *
 * @param header What the `Cookie` header says.
 */
export function cookieValue(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals >= 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}
