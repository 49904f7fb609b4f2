import type { ForwardDecision } from '@portolan/engine';

import { modifyHeaders } from '../header-modifier/header-modifier.ts';
import { dropHopByHop } from '../hop-by-hop/hop-by-hop.ts';
import { copyFields, type RequestMessage, type ResponseMessage } from '../message/message.ts';
import type { Failure } from '../own-response/failure.ts';

/** Statuses that have no content: RFC 9110 sections 15.3.5, 15.3.6, 15.4.5. */
const CONTENTLESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** The endpoint's response as the client gets it. The body is the same stream, never read here. */
export function clientResponse(
  request: RequestMessage,
  response: ResponseMessage,
  filters: ForwardDecision['filters'],
): Failure | ResponseMessage {
  const { status, statusText } = response;
  const contentless = request.method === 'HEAD' || CONTENTLESS.has(status);
  const valid = status >= 200 && status <= 599;
  if (contentless || !valid) discard(response);
  if (!valid) {
    const message = `the endpoint answered with status ${status}`;
    return { status: 502, reason: 'UpstreamInvalidResponse', message };
  }
  const headers = copyFields(response.headers);
  dropHopByHop(headers);
  modifyHeaders(headers, filters, 'ResponseHeaderModifier');
  return { status, statusText, headers, body: contentless ? null : response.body };
}

/** Frees the connection. That it broke instead is of no interest any more. */
function discard({ body }: ResponseMessage): void {
  body?.cancel().catch(() => undefined);
}
