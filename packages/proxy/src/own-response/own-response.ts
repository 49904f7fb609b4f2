import type { RedirectDecision } from '@portolan/engine';

import { toResponse } from '../message/fetch-message.ts';
import type { Answer, RequestMessage } from '../message/message.ts';
import type { Failure } from './failure.ts';
import { preferredMediaType } from './media-type.ts';

/** RFC 9110 section 15 and RFC 5842 section 7.2; 499 is what nginx writes of a client that left. */
const TITLES: Readonly<Record<Failure['status'], string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  413: 'Content Too Large',
  499: 'Client Closed Request',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  508: 'Loop Detected',
};

/**
 * Our own word to the client: problem details (RFC 9457) or plain text, by Accept. It tells status, reason and request id
 * and nothing of what is inside.
 */
export function failureAnswer(
  request: Pick<RequestMessage, 'headers' | 'method'>,
  { status, reason, retryAfter }: Pick<Failure, 'reason' | 'retryAfter' | 'status'>,
  requestId: string,
): Answer {
  const title = TITLES[status];
  const type = preferredMediaType(request.headers.get('accept'));
  const body =
    type === 'text/plain'
      ? `${status} ${title}\nreason: ${reason}\nrequest id: ${requestId}\n`
      : JSON.stringify({ type: 'about:blank', title, status, reason, requestId });
  return {
    status,
    statusText: '',
    body: request.method === 'HEAD' ? null : body,
    headers: new Headers({
      'cache-control': 'no-store',
      'content-type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
      'x-request-id': requestId,
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      // What a gRPC client understands: UNIMPLEMENTED.
      ...(reason === 'GRPCNotSupported' && { 'grpc-status': '12', 'grpc-message': reason }),
    }),
  };
}

/** The same as a Response. */
export function failureResponse(...parameters: Parameters<typeof failureAnswer>): Response {
  return toResponse(failureAnswer(...parameters));
}

/** The redirect that was decided. What may not stand in a URI is percent-encoded: RFC 3986 section 2.1. */
export function redirectAnswer(decision: RedirectDecision, requestId: string): Answer {
  return {
    status: decision.status,
    statusText: '',
    body: null,
    headers: new Headers({
      location: decision.location.toWellFormed().replace(/[^!-~]+/g, encodeURIComponent),
      'x-request-id': requestId,
    }),
  };
}
