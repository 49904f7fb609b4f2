import { CODED_RESPONSE } from '../dialer/coded-body.ts';
import type { Dialer, Fetcher, Reachable } from '../dialer/dialer.ts';
import { fetchBase } from '../dialer/fetch-base.ts';

export interface ServiceBindingOptions {
  /** The Services that the bound Worker answers for, as `namespace/name`. */
  readonly services: readonly string[];
}

/**
 * Reaches another Worker by a service binding, for the Services that it answers for; their endpoints' addresses play no
 * part. The bound Worker's `request.url` has the scheme and the host that the client asked for.
 */
export function serviceBinding(binding: Fetcher, options: ServiceBindingOptions): Dialer {
  const services = new Set(options.services);
  return {
    name: 'serviceBinding',
    dial: (target) => {
      const { namespace, name } = target.service;
      if (!services.has(`${namespace}/${name}`)) {
        return {
          unreachable: 'ServiceNotBound',
          message: `the binding is not for Service ${namespace}/${name}`,
        };
      }
      const found = fetchBase(target);
      if ('unreachable' in found) return found;
      return {
        fetch: (request) => binding.fetch(asTheClientAsked(request), CODED_RESPONSE),
        base: found.base,
        keepsHost: true,
        upgrades: 'fetch',
      } satisfies Reachable;
    },
  };
}

/** A Worker reads scheme and host from the URL, not from headers. */
function asTheClientAsked(request: Request): Request {
  const host = request.headers.get('host');
  if (host === null) return request;
  const url = new URL(request.url);
  url.protocol = request.headers.get('x-forwarded-proto') ?? url.protocol;
  url.port = '';
  url.host = host;
  return new Request(url, request);
}
