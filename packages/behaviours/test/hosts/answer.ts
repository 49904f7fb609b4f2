import {
  createProxy,
  serviceBinding,
  url,
  type Connection,
  type Dialer,
  type Fetcher,
  type Handler,
  type HostRequest,
  type HTTPProxy,
} from '@portolan/proxy';

import { readErrand, type Errand } from '../errand/errand.ts';

/** What is to be done, and by whom. */
interface Task {
  readonly proxy: HTTPProxy;
  readonly decision: ReturnType<typeof readErrand>['decision'];
  readonly connection: Connection;
}

/**
 * What every host does with a request: the errand that its path tells of, with a proxy of its own, so that no request leaves
 * anything behind for the next.
 */
function taskOf(
  { host, port, href }: Pick<URL, 'host' | 'href' | 'port'>,
  { remoteAddress: clientAddress, ...rest }: HostRequest,
  dialersFor: (errand: Errand) => readonly Dialer[],
): Task {
  const { errand, decision } = readErrand(new URL(href));
  const observe = errand.watched ? (): void => undefined : undefined;
  return {
    proxy: createProxy({ dialers: dialersFor(errand), observe }),
    decision,
    connection: { scheme: 'http', host, port: Number(port || 80), clientAddress, ...rest },
  };
}

const READY = '/ready';

export function answerWith(
  dialer: Dialer = url(),
): (request: Request, host?: HostRequest, binding?: Fetcher) => Promise<Response> {
  return async (request, host = {}, binding) => {
    const asked = new URL(request.url);
    if (asked.pathname === READY) return new Response('ready');
    const { proxy, decision, connection } = taskOf(asked, host, ({ bound }) =>
      bound && binding ? [serviceBinding(binding, { services: ['shop/cart'] })] : [dialer],
    );
    return proxy.handle(request, decision, connection);
  };
}

/** The same for a host that has messages which are no Request. */
export function answerMessagesWith(dialer: Dialer): Handler {
  return Object.assign(answerWith(dialer), {
    answer: async (...[message, host]: Parameters<NonNullable<Handler['answer']>>) => {
      const asked = new URL(message.url);
      if (asked.pathname === READY) {
        return { status: 200, statusText: '', headers: new Headers(), body: 'ready' };
      }
      const { proxy, decision, connection } = taskOf(asked, host, () => [dialer]);
      return proxy.answer(message, decision, connection);
    },
  });
}
