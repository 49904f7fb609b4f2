/**
 * What keeps a name from being one segment of a path, in the API server's words.
 *
 * Source: Kubernetes, Object Names and IDs, Path Segment Names.
 */
export function validatePathSegment(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((one) => name.includes(one)).map((one) => `may not contain '${one}'`);
}
