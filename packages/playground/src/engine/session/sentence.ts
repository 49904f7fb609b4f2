import { authority } from '@portolan/core';
import type { ExplainedEndpoint, Explanation } from '@portolan/explain';

/** What becomes of a request, in one sentence without a full stop. */
export function sentenceOf(explanation: Explanation): string {
  const { request, outcome, status, reason, message, location } = explanation;
  const asked = `${request.method} ${request.url}`;
  switch (outcome) {
    case 'forward':
      return `${asked} goes to ${destinationOf(explanation)}`;
    case 'redirect':
      return `${asked} is answered with ${status}, a redirect to ${location}`;
    case 'respond':
      return `${asked} is answered with ${status} ${reason}: ${message}`;
  }
}

function destinationOf({ service, endpoints, affinity }: Explanation): string {
  const name = service ? `Service ${service.namespace}/${service.name}` : 'an endpoint';
  const port = service?.port === undefined ? '' : `:${service.port}`;
  const [first] = endpoints;
  if (affinity) return `${name}${port}, always to ${nameOf(affinity)}`;
  if (endpoints.length === 1 && first) return `${name}${port}, to ${nameOf(first)}`;
  const arePods = endpoints.every(({ pod }) => pod !== undefined);
  return `${name}${port}, one of ${endpoints.length} ${arePods ? 'Pods' : 'endpoints'}`;
}

function nameOf({ pod, address, port }: ExplainedEndpoint): string {
  return pod === undefined ? authority(address, port) : `Pod ${pod}`;
}
