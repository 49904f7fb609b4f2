import type { ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';

import { pour } from '../message-body/pour.ts';
import { refusalMessage, type Refusal } from '../refusal/refusal.ts';

/** Fields that speak of this connection and of how content is framed on it: the server's own business. */
const CONNECTION_FIELDS = ['connection', 'keep-alive', 'transfer-encoding'] as const;

/**
 * Writes a response. One that can't be written to its end destroys the connection, so that the client sees that something is
 * missing; one that can't even begin is 500.
 *
 * @param last Whether the connection is to be closed afterwards.
 */
export async function respond(
  outgoing: ServerResponse,
  { status, statusText, headers, body }: Response,
  last: boolean,
): Promise<void> {
  const fields = fieldsOf(status, headers, last);
  const length = fields.get('content-length');
  const contentless = outgoing.req.method === 'HEAD' || status === 304;
  try {
    if (body === null && !contentless && length !== null && Number(length) !== 0) {
      throw new Error('there is no content, but Content-Length says so');
    }
    outgoing.statusCode = status;
    outgoing.statusMessage = statusText;
    for (const [name, value] of fields) outgoing.appendHeader(name, value);
    if (body === null) {
      outgoing.end();
    } else if (contentless) {
      outgoing.end();
      await body.cancel();
    } else {
      await pour(body, outgoing, length);
    }
  } catch {
    if (outgoing.headersSent) breakOff(outgoing);
    else refuse(outgoing, { status: 500, reason: 'InternalError' });
  }
}

function fieldsOf(status: number, headers: Headers, last: boolean): Headers {
  const fields = new Headers(headers);
  for (const name of CONNECTION_FIELDS) fields.delete(name);
  // These have no content: RFC 9110 sections 8.6 and 15.3.6.
  if (status === 204 || status === 205) fields.delete('content-length');
  if (last) fields.set('connection', 'close');
  return fields;
}

export function refuse(outgoing: ServerResponse, refusal: Refusal): void {
  const { status, title, fields, body } = refusalMessage(refusal, crypto.randomUUID());
  for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
  outgoing.writeHead(status, title, Array.from(fields));
  outgoing.end(outgoing.req.method === 'HEAD' ? undefined : body);
}

/** Ends the connection in a way that no client takes for the end of the content. */
export function breakOff(outgoing: ServerResponse): void {
  const { socket } = outgoing;
  const endsWithConnection = !outgoing.hasHeader('content-length') && !outgoing.chunkedEncoding;
  // Only a reset tells it apart then. TLS has a word of its own for an end.
  if (endsWithConnection && socket !== null && !(socket instanceof TLSSocket)) {
    socket.resetAndDestroy();
  }
  outgoing.destroy();
}
