import type { GatewayFetch } from './gateway.ts';

/** A handler that has each request answered by the gateway of the moment, for hosts that put another in its place. */
export function answeredBy(gateway: () => { readonly fetch: GatewayFetch }): GatewayFetch {
  return Object.assign<
    (...request: Parameters<GatewayFetch>) => Promise<Response>,
    Pick<GatewayFetch, 'answer'>
  >((...request) => gateway().fetch(...request), {
    answer: (...message) => gateway().fetch.answer(...message),
  });
}
