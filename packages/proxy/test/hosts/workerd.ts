import type { Fetcher } from '../../src/index.ts';
import { answer } from './answer.ts';

export default {
  fetch: (request: Request, { BOUND }: { readonly BOUND: Fetcher }): Promise<Response> =>
    answer(request, request.headers.get('cf-connecting-ip') ?? undefined, BOUND),
};

/** Another Worker, which tells what it was asked for and gives the body back. */
export const bound = {
  fetch: ({ method, url, headers, body }: Request): Response =>
    new Response(body, {
      headers: {
        'x-asked': `${method} ${url}`,
        'x-forwarded-for': headers.get('x-forwarded-for') ?? '',
      },
    }),
};
