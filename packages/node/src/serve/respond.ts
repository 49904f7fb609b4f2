import type { ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';

import { isWholeBody, type Answer } from '@portolan/proxy';

import { rawFields, valuesOf } from '../field-lines/field-lines.ts';
import { pour } from '../message-body/pour.ts';
import { refusalMessage, type Refusal } from '../refusal/refusal.ts';

/** Fields that speak of this connection and of how content is framed on it: the server's own business. */
const CONNECTION_FIELDS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
]);

/**
 * Writes a response. One that can't be written to its end destroys the connection, so that the client sees that something is
 * missing; one that can't even begin is 500.
 *
 * @param last Whether the connection is to be closed afterwards.
 */
export async function respond(
  outgoing: ServerResponse,
  { status, statusText, headers, body }: Answer,
  last: boolean,
): Promise<void> {
  const fields = fieldsOf(status, headers, last);
  const length = valuesOf(fields, 'content-length')[0] ?? null;
  const contentless = outgoing.req.method === 'HEAD' || status === 304;
  try {
    if (body === null && !contentless && length !== null && Number(length) !== 0) {
      throw new Error('there is no content, but Content-Length says so');
    }
    if (!contentless && status !== 204 && length === null) {
      if (body === null) fields.push('Content-Length', '0');
      else if (isWholeBody(body)) {
        fields.push('Content-Length', String(Buffer.byteLength(body)));
      }
    }
    outgoing.writeHead(status, statusText === '' ? undefined : statusText, fields);
    if (body === null) {
      outgoing.end();
    } else if (isWholeBody(body)) {
      outgoing.end(body);
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

/** Name and value by turns. */
function fieldsOf(status: number, headers: Answer['headers'], last: boolean): string[] {
  const fields = last ? ['connection', 'close'] : [];
  // These have no content: RFC 9110 sections 8.6 and 15.3.6.
  const unsized = status === 204 || status === 205;
  const lines = rawFields(headers);
  for (let at = 0; at < lines.length; at += 2) {
    const [name = '', value = ''] = [lines[at], lines[at + 1]];
    if (CONNECTION_FIELDS.has(name) || (unsized && name === 'content-length')) continue;
    fields.push(name, value);
  }
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
