import { call } from './cloudflare-api.ts';

/** Objects that are asked for at once. */
const PER_PAGE = 50;

interface Page<T> {
  readonly result: readonly T[];
}

interface PageOptions {
  readonly signal: AbortSignal;
  readonly query: object;
}

/**
 * Lists what may be more than a page of. The client reads the first page of some lists only, and does not say how many there
 * are; so pages are asked for until one has nothing new, which is also what a list without pages answers.
 */
export async function everyPage<T extends { readonly id?: string }>(
  signal: AbortSignal,
  query: object,
  list: (options: PageOptions) => PromiseLike<Page<T>>,
): Promise<readonly (T & { readonly id: string })[]> {
  const found = new Map<string, T & { readonly id: string }>();
  for (let page = 1, known = -1; known < found.size; page += 1) {
    known = found.size;
    const options = { query: { ...query, page, per_page: PER_PAGE } };
    // oxlint-disable-next-line no-await-in-loop -- whether there is another page is known after this one
    const { result } = await call(signal, (own) => list({ ...options, signal: own }));
    for (const item of result) {
      const { id } = item;
      if (id !== undefined) found.set(id, { ...item, id });
    }
  }
  return [...found.values()];
}
