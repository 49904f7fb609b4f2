import type { Fetcher } from '@portolan/proxy';

import { answerWith } from './answer.ts';

const answer = answerWith();

export default {
  fetch: (request: Request, { BOUND }: { readonly BOUND: Fetcher }): Promise<Response> => {
    const remoteAddress = request.headers.get('cf-connecting-ip') ?? undefined;
    return answer(request, { remoteAddress }, BOUND);
  },
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
