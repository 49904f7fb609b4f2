/**
 * The value of the first query parameter called `name`: percent-decoded as UTF-8, `+` read as a space, empty without
 * `=`. What can't be decoded stands as it is.
 *
 * Source: WHATWG URL section 5.1, application/x-www-form-urlencoded parsing.
 */
export function queryParam(query: string, name: string): string | undefined {
  for (let start = 0; start < query.length;) {
    const next = query.indexOf('&', start);
    const end = next < 0 ? query.length : next;
    const parameter = query.slice(start, end);
    const equals = parameter.indexOf('=');
    const separator = equals < 0 ? parameter.length : equals;
    if (parameter !== '' && decode(parameter.slice(0, separator)) === name) {
      return decode(parameter.slice(separator + 1));
    }
    start = end + 1;
  }
  return undefined;
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
