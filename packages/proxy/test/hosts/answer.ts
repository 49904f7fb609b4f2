import {
  createProxy,
  serviceBinding,
  url,
  type Connection,
  type Fetcher,
  type HTTPProxy,
} from '../../src/index.ts';
import { HASTE, readErrand, type Errand } from '../errand/errand.ts';

const dialers = [url()];
const proxy = createProxy({ dialers });
const hasty = createProxy({ dialers, timeToFirstByte: HASTE });

/** What every host does with a request: the errand that its path tells of. */
export async function answer(
  request: Request,
  clientAddress: string | undefined,
  binding?: Fetcher,
): Promise<Response> {
  const { host, port, pathname } = new URL(request.url);
  if (pathname === '/ready') return new Response('ready');
  const connection: Connection = { scheme: 'http', host, port: Number(port || 80), clientAddress };
  const { errand, decision } = readErrand(new URL(request.url));
  return proxyFor(errand, binding).handle(request, decision, connection);
}

function proxyFor(errand: Errand, binding?: Fetcher): HTTPProxy {
  if (!errand.bound || binding === undefined) return errand.hasty ? hasty : proxy;
  return createProxy({ dialers: [serviceBinding(binding, { services: ['shop/cart'] })] });
}
