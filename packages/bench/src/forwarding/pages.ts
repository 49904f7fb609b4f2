/** What the origin has, by path. */
export const PAGES: Readonly<
  Record<'large' | 'small', { readonly path: string; readonly body: string }>
> = {
  small: { path: '/cart/small', body: JSON.stringify({ ahoy: 'x'.repeat(90) }) },
  large: { path: '/cart/large', body: 'y'.repeat(1024 * 1024) },
};

/** What a browser's script sends, more or less. */
export const UPLOAD: string = JSON.stringify({ order: 'z'.repeat(50) });

/** The header fields of a browser, more or less. */
export const FIELDS: Readonly<Record<string, string>> = {
  Host: 'shop.example',
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  Accept: 'application/json, text/plain, */*',
  'Accept-Language': 'en',
  Cookie: 'theme=dark; lang=en',
};
