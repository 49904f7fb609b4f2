import type { Explanation } from '@portolan/explain';

import type { Expectation } from './expectation.ts';

/** What can be expected of such a request, in few words. */
export function describe({
  outcome,
  request,
  service,
  target = '',
  location,
  status,
  reason,
}: Explanation): Expectation {
  if (outcome === 'redirect') return { redirect: location, status };
  const destination = service && {
    service: `${service.namespace}/${service.name}${service.port === undefined ? '' : `:${service.port}`}`,
  };
  if (outcome === 'respond') return { ...destination, status, reason };
  const path = target.split('?', 1).join('');
  return { ...destination, ...(path !== new URL(request.url).pathname && { path }) };
}

/** What became of the request, in one sentence. */
export function happened({
  outcome,
  service,
  location,
  status,
  reason,
  message,
}: Explanation): string {
  if (outcome === 'redirect') return `it is redirected to ${location} with ${status}`;
  if (outcome === 'respond') return `it is refused with ${status} ${reason}: ${message}`;
  return `it goes to Service ${service?.namespace}/${service?.name}:${service?.port}`;
}
