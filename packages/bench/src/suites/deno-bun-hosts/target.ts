/** The same path and query at the origin. */
export function target(url: string, origin: string): string {
  return `http://127.0.0.1:${origin}${url.slice(url.indexOf('/', 'https://'.length))}`;
}
