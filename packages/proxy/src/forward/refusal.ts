import type { ForwardDecision } from '@portolan/engine';

import { isLooping } from '../forwarding/via.ts';
import type { RequestMessage } from '../message/message.ts';
import type { Failure } from '../own-response/failure.ts';
import { exceeds } from '../request-body/request-body.ts';

/** Why a request is not sent anywhere, whatever endpoint it is for. */
export function refusal(
  request: RequestMessage,
  { settings }: ForwardDecision,
): Failure | undefined {
  const { headers } = request;
  const method = request.method.toUpperCase();
  if (UNSENDABLE.has(method)) return methodNotSupported(request);
  if (CONTENTLESS.has(method) && hasContent(request)) {
    const message = `fetch sends no content with ${method}`;
    return { status: 501, reason: 'ContentNotSupported', message };
  }
  if (GRPC.test(headers.get('content-type') ?? '')) {
    const message = 'gRPC needs HTTP/2 with trailers; gRPC-web passes';
    return { status: 501, reason: 'GRPCNotSupported', message };
  }
  if (isLooping(headers)) {
    const message = 'Via names us several times';
    return { status: 508, reason: 'LoopDetected', message };
  }
  return settings.bodyLimit !== undefined && exceeds(headers, settings.bodyLimit)
    ? bodyTooLarge(settings.bodyLimit)
    : undefined;
}

export function bodyTooLarge(limit: number): Failure {
  const message = `the request body is larger than ${limit} bytes`;
  return { status: 413, reason: 'RequestBodyTooLarge', message };
}

export function methodNotSupported({ method }: RequestMessage): Failure {
  const message = `fetch does not send ${method} as it is`;
  return { status: 501, reason: 'MethodNotSupported', message };
}

/** Methods that `fetch` refuses: Fetch standard section 2.2.1, "forbidden method". */
const UNSENDABLE: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** Methods that `fetch` sends no content with: Fetch standard, constructor of Request, step 36. */
const CONTENTLESS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** `application/grpc`, `application/grpc+proto`, but not `application/grpc-web`. */
const GRPC = /^application\/grpc(?:[+;\s]|$)/i;

/** A runtime may hide content that it thinks has no place there, but not the fields that announce it. */
function hasContent({ body, headers }: RequestMessage): boolean {
  return (
    body !== null ||
    headers.has('transfer-encoding') ||
    (headers.get('content-length') ?? '0') !== '0'
  );
}
