/** The least that a Worker which forwards can do: everything goes to the one origin. */
import type { Upstream } from '../upstream.ts';

export default {
  fetch: (request: Request, { UPSTREAM }: { readonly UPSTREAM: Upstream }): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    return fetch(`http://${UPSTREAM.host}${pathname}${search}`, request);
  },
};
