import type { ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import { firstByteDeadline } from '../deadline/first-byte-deadline.ts';
import { dialWith } from '../dialer/dial-with.ts';
import type { Dialer } from '../dialer/dialer.ts';
import type { Failure } from '../own-response/failure.ts';
import { isUpgraded, isWebSocketUpgrade } from '../websocket/websocket.ts';
import { clientResponse } from './client-response.ts';
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
  if ('reasons' in dialled) return { status: 502, reason: 'NoDialer' };
  const { by } = dialled;

  const upgrade = isWebSocketUpgrade(request);
  if (upgrade && !by.upgrades) return { status: 501, reason: 'UpgradeNotSupported' };
  const method = request.method.toUpperCase();
  if (UNSENDABLE.has(method)) return { status: 501, reason: 'MethodNotSupported' };
  if (CONTENTLESS.has(method) && hasContent(request)) {
    return { status: 501, reason: 'ContentNotSupported' };
  }
  const url = outgoingURL(by.base, decision);
  if (url === undefined) return { status: 400, reason: 'InvalidPath' };

  const headers = outgoingHeaders(request.headers, decision, connection, by, requestId);
  if (upgrade) headers.set('upgrade', 'websocket');
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
    return { status: 501, reason: 'MethodNotSupported' };
  }

  let response: Response;
  try {
    response = await by.fetch(outgoing);
  } catch {
    if (request.signal.aborted) return { status: 499, reason: 'ClientClosedRequest' };
    if (deadline?.signal.aborted) return { status: 504, reason: 'UpstreamTimeout' };
    return { status: 502, reason: 'UpstreamUnreachable' };
  } finally {
    deadline?.settle();
  }
  return upgrade && isUpgraded(response) ? response : clientResponse(request, response, filters);
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
