/** Header fields as lines, each `Name: value`, read. */
export interface ReadHeaders {
  readonly headers: Readonly<Record<string, string>>;
  /** The first line that isn't one. */
  readonly fault?: string;
}

/** Reads a header field a line. Of several of a name the values are joined: RFC 9110 section 5.3. Empty lines don't count. */
export function readHeaders(text: string): ReadHeaders {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const fields = new Map<string, { readonly name: string; readonly value: string }>();
  let fault: string | undefined;
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) {
      fault ??= `a header is written “Name: value”, not “${line.trim()}”`;
      continue;
    }
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    const earlier = fields.get(name.toLowerCase());
    fields.set(
      name.toLowerCase(),
      earlier === undefined
        ? { name, value }
        : { name: earlier.name, value: `${earlier.value}, ${value}` },
    );
  }
  const headers = Object.fromEntries([...fields.values()].map(({ name, value }) => [name, value]));
  return fault === undefined ? { headers } : { headers, fault };
}

/** Header fields as lines. */
export function writeHeaders(headers: Readonly<Record<string, string>> = {}): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
