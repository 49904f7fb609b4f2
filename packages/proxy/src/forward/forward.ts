import type { ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import { firstByteDeadline } from '../deadline/first-byte-deadline.ts';
import { dialWith, type NotReached } from '../dialer/dial-with.ts';
import type { Dialer } from '../dialer/dialer.ts';
import type { Failure } from '../own-response/failure.ts';
import { isUpgraded, isWebSocketUpgrade } from '../websocket/websocket.ts';
import { clientResponse } from './client-response.ts';
import { errorMessage } from './error-message.ts';
import { outgoingHeaders, outgoingURL } from './outgoing-request.ts';

export interface ForwardOptions {
  readonly dialers: readonly Dialer[];
  /** Milliseconds; absent: no limit. */
  readonly timeToFirstByte?: number;
}

/** Sends the request to the endpoint of the Decision and answers with its response, or says why there is none. */
export async function forward(
  request: Request,
  decision: ForwardDecision,
  connection: Connection,
  requestId: string,
  { dialers, timeToFirstByte }: ForwardOptions,
): Promise<Response | Failure> {
  const { endpoint, service, filters } = decision;
  const dialled = dialWith(dialers, { endpoint, service });
  if ('reasons' in dialled) return notDialled(dialled);
  const { by, dialer } = dialled;

  const upgrade = isWebSocketUpgrade(request);
  if (upgrade && !by.upgrades) {
    const message = `the dialer ${dialer} passes no WebSocket on here`;
    return { status: 501, reason: 'UpgradeNotSupported', message };
  }
  const method = request.method.toUpperCase();
  if (UNSENDABLE.has(method)) return methodNotSupported(request);
  if (CONTENTLESS.has(method) && hasContent(request)) {
    const message = `fetch sends no content with ${method}`;
    return { status: 501, reason: 'ContentNotSupported', message };
  }
  const url = outgoingURL(by.base, decision);
  if (url === undefined) {
    const message = `a URL would not carry the path ${decision.path} unchanged`;
    return { status: 400, reason: 'InvalidPath', message };
  }

  const headers = outgoingHeaders(request, decision, connection, by, requestId);
  const deadline =
    timeToFirstByte === undefined ? undefined : firstByteDeadline(request, timeToFirstByte);
  const init: RequestInit & { readonly duplex: 'half' } = {
    method: request.method,
    headers,
    body: deadline === undefined ? request.body : deadline.body,
    duplex: 'half',
    redirect: 'manual',
    signal:
      deadline === undefined ? request.signal : AbortSignal.any([request.signal, deadline.signal]),
  };
  const outgoing = new Request(url, init);
  // A Request writes `get` in capitals, and on Bun makes GET of a method that it doesn't know.
  if (outgoing.method !== request.method) {
    deadline?.settle();
    return methodNotSupported(request);
  }

  let response: Response;
  try {
    response = await by.fetch(outgoing);
  } catch (error) {
    const message = errorMessage(error);
    if (request.signal.aborted) return { status: 499, reason: 'ClientClosedRequest', message };
    if (deadline?.signal.aborted) {
      const late = `no answer within ${timeToFirstByte} ms`;
      return { status: 504, reason: 'UpstreamTimeout', message: late };
    }
    return { status: 502, reason: 'UpstreamUnreachable', message };
  } finally {
    deadline?.settle();
  }
  return upgrade && isUpgraded(response) ? response : clientResponse(request, response, filters);
}

function notDialled({ reasons }: NotReached): Failure {
  const said = reasons.map(
    ({ dialer, unreachable, message }) => `${dialer}: ${unreachable}: ${message}`,
  );
  return { status: 502, reason: 'NoDialer', message: said.join('; ') || 'there is no dialer' };
}

function methodNotSupported({ method }: Request): Failure {
  const message = `fetch does not send ${method} as it is`;
  return { status: 501, reason: 'MethodNotSupported', message };
}

/** Methods that `fetch` refuses: Fetch standard section 2.2.1, "forbidden method". */
const UNSENDABLE: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** Methods that `fetch` sends no content with: Fetch standard, constructor of Request, step 36. */
const CONTENTLESS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** A runtime may hide content that it thinks has no place there, but not the fields that announce it. */
function hasContent({ body, headers }: Request): boolean {
  return (
    body !== null ||
    headers.has('transfer-encoding') ||
    (headers.get('content-length') ?? '0') !== '0'
  );
}
