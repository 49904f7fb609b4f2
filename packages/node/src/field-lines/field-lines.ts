/** Header fields as `node:http` has them: name and value by turns, in the order of the message. */
export type RawFields = readonly string[];

/** Each field line of a message, its name in lower case. */
export function* fieldLines(raw: RawFields): Generator<readonly [name: string, value: string]> {
  for (let at = 0; at + 1 < raw.length; at += 2) {
    yield [(raw[at] ?? '').toLowerCase(), raw[at + 1] ?? ''];
  }
}

/** The values of all lines of a field, in their order. */
export function valuesOf(raw: RawFields, name: string): readonly string[] {
  return Array.from(fieldLines(raw)).flatMap(([each, value]) => (each === name ? [value] : []));
}

/**
 * The header section as the Fetch standard has it, each line appended by itself.
 *
 * @throws TypeError where a name or value is none that it allows.
 */
export function toHeaders(raw: RawFields): Headers {
  const headers = new Headers();
  for (const [name, value] of fieldLines(raw)) headers.append(name, value);
  return headers;
}

/** The fields for `node:http` to write, every Set-Cookie apart. */
export function toRawFields(headers: Headers): string[] {
  return Array.from(headers).flat();
}
