import {
  createProxy,
  serviceBinding,
  url,
  type Dialer,
  type Fetcher,
  type HostRequest,
} from '@portolan/proxy';

import { readErrand } from '../errand/errand.ts';

/**
 * What every host does with a request: the errand that its path tells of, with a proxy of its own, so that no request leaves
 * anything behind for the next.
 */
export function answerWith(
  dialer: Dialer = url(),
): (request: Request, host?: HostRequest, binding?: Fetcher) => Promise<Response> {
  return async (request, { remoteAddress: clientAddress, ...rest } = {}, binding) => {
    const { host, port, pathname } = new URL(request.url);
    if (pathname === '/ready') return new Response('ready');
    const { errand, decision } = readErrand(new URL(request.url));
    const dialers =
      errand.bound && binding ? [serviceBinding(binding, { services: ['shop/cart'] })] : [dialer];
    const observe = errand.watched ? (): void => undefined : undefined;
    return createProxy({ dialers, observe }).handle(request, decision, {
      scheme: 'http',
      host,
      port: Number(port || 80),
      clientAddress,
      ...rest,
    });
  };
}
