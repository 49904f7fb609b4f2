/** Services as a program calls them that stands inside, with them. */
export interface Services {
  /**
   * As `fetch`, for a URL whose host is a Service's DNS name or cluster IP: `http://cart.shop.svc.cluster.local/`. Whatever else
   * the URL names is answered with 404: nothing is asked beyond the Services.
   */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
}

/** @param internal A gateway for the entrance `internal`. */
export function callServices(internal: {
  readonly fetch: (request: Request) => Promise<Response>;
}): Services {
  return { fetch: (input, init) => internal.fetch(requestOf(input, init)) };
}

/** Node wants it said that content may still be sent while the answer comes. */
function requestOf(input: Request | URL | string, init: RequestInit = {}): Request {
  const { body } = init;
  const duplex = body instanceof ReadableStream ? { duplex: 'half' } : {};
  return new Request(input, { ...init, ...duplex });
}
