import type { ServerHttp2Stream } from 'node:http2';

import { toHeaders, valuesOf } from '../field-lines/field-lines.ts';
import type { RequestTarget } from '../request-target/request-target.ts';
import type { StreamHead } from './stream-head.ts';

/** The Request that has come in with a stream. Content of GET and HEAD, which no Request has, is read and dropped. */
export function streamRequest(
  stream: ServerHttp2Stream,
  { method, fields }: StreamHead,
  { url, host = '' }: RequestTarget,
  signal: AbortSignal,
): Request {
  const headers = toHeaders(fields);
  headers.set('host', host);
  const hasBody = !stream.endAfterHeaders && method !== 'GET' && method !== 'HEAD';
  if (!hasBody) stream.resume();
  const init: RequestInit & { readonly duplex: 'half' } = {
    method,
    headers,
    body: hasBody ? streamBody(stream, valuesOf(fields, 'expect').length > 0) : null,
    duplex: 'half',
    signal,
  };
  return new Request(url.href, init);
}

/** Content, no faster than it is taken: what nobody reads waits with the client, by its window. Where it breaks off it errors. */
function streamBody(
  stream: ServerHttp2Stream,
  expectsContinue: boolean,
): ReadableStream<Uint8Array> {
  let waits = expectsContinue;
  return new ReadableStream<Uint8Array>(
    {
      start: (open) => {
        let isOver = false;
        const settle = (how: () => void): void => {
          if (!isOver) how();
          isOver = true;
        };
        const fail = (): void => {
          settle(() => open.error(new Error('the stream was closed before the content ended')));
          stream.resume();
        };
        stream.pause();
        stream.on('data', (chunk: Buffer) => {
          if (isOver) return;
          open.enqueue(chunk);
          stream.pause();
        });
        stream.once('aborted', fail);
        // Node ends what was cut short, too: a reset closes the stream first, whatever its code.
        stream.once('end', () => (stream.closed ? fail() : settle(() => open.close())));
        stream.once('close', fail);
      },
      pull: () => {
        // Not before somebody wants the content: RFC 9110 section 10.1.1.
        if (waits && !stream.headersSent && !stream.destroyed) {
          stream.additionalHeaders({ ':status': 100 });
        }
        waits = false;
        stream.resume();
      },
      cancel: () => {
        stream.removeAllListeners('data');
        stream.resume();
      },
    },
    { highWaterMark: 0 },
  );
}
