import type { ByteController, DialEvents, RequestMessage, ResponseMessage } from '@portolan/proxy';

import { abortError } from '../endpoint-connection/abort-error.ts';
import type { EndpointConnection } from '../endpoint-connection/endpoint-connection.ts';
import { FieldList } from '../field-lines/field-list.ts';
import { pour } from '../message-body/pour.ts';
import { SourceStream } from '../message-body/source-stream.ts';
import type { ResponseHead } from '../response-parser/response-head.ts';
import { OutgoingRequest } from './outgoing-request.ts';
import type { RequestHead } from './request-head.ts';

export interface SendOnEvents extends DialEvents {
  /** The response has ended, and the connection may be used again. Without it, or else, it is closed. */
  readonly onFree?: (head: ResponseHead) => void;
  /** Takes the socket over with a 101 (Switching Protocols), which is an error without it. */
  readonly onSwitch?: (head: ResponseHead, rest: Buffer) => void;
}

/** Bytes of a response that may be read before somebody asks for them. */
const READ_AHEAD = 16 * 1024;

/** Statuses of which there is no content: RFC 9110 sections 15.3.5, 15.3.6, 15.4.5. */
const CONTENTLESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Sends a request on a connection, and gives what the endpoint answers, its body coded as it came.
 *
 * @param head That of the request.
 * @throws {InvalidResponseError} where it is no response that can be passed on; the connection is closed then.
 * @throws what broke the request or its response, or it was aborted with.
 */
export function sendOn(
  connection: EndpointConnection,
  request: RequestMessage,
  head: RequestHead,
  { earlyHints, onFree, onSwitch }: SendOnEvents = {},
): Promise<ResponseMessage> {
  const { body, method, signal } = request;
  const { socket } = connection;
  return new Promise((resolve, reject) => {
    const outgoing = new OutgoingRequest(socket, head);
    let answer: ResponseHead | undefined;
    let content: ByteController | undefined;
    /** Bytes that the content was given since somebody last waited for some. */
    let ahead = 0;
    let isOver = false;

    const abort = (): void => connection.destroy(abortError(signal));
    const end = (): void => {
      isOver = true;
      signal.removeEventListener('abort', abort);
    };
    const read = (): void => {
      ahead = 0;
      if (!isOver && socket.isPaused()) socket.resume();
    };
    const cancel = (): void => {
      if (!isOver) connection.destroy(new Error('nobody reads the answer'));
    };
    connection.listen(method, {
      onInterim: ({ status, fields }) => {
        if (status === 103) earlyHints?.(FieldList.of(fields));
      },
      onSwitch: (switched, rest) => {
        end();
        if (onSwitch !== undefined) {
          onSwitch(switched, rest);
          return;
        }
        socket.destroy();
        reject(new Error('the endpoint switched protocols without being asked'));
      },
      onHead: (found) => {
        answer = found;
        const { status, statusText, fields } = found;
        const headers = FieldList.of(fields);
        const isContentless = method === 'HEAD' || CONTENTLESS.has(status);
        const stream = isContentless
          ? null
          : new SourceStream({ start: (controller) => (content = controller), pull: read, cancel });
        resolve({ status, statusText, headers, body: stream });
      },
      onData: (chunk) => {
        if (content === undefined) {
          // Only a 205 gets here. Nobody reads what it must not have, and it may have no end.
          connection.destroy(new Error('the endpoint sent content where there is none'));
          return;
        }
        content.enqueue(chunk);
        ahead += chunk.length;
        if (ahead > READ_AHEAD) socket.pause();
      },
      onEnd: (isReusable) => {
        end();
        content?.close();
        if (socket.isPaused()) socket.resume();
        // What the endpoint does not wait for any more need not be sent.
        if (isReusable && outgoing.isSent && answer !== undefined && onFree) onFree(answer);
        else socket.destroy();
      },
      onFail: (error) => {
        end();
        content?.error(error);
        reject(error);
      },
    });
    signal.addEventListener('abort', abort);
    // Either may have come about since there was a connection; then nothing is sent.
    if (signal.aborted) abort();
    else if (socket.destroyed) {
      connection.destroy(new Error('the endpoint closed the connection'));
    }
    if (body === null) {
      outgoing.end();
      return;
    }
    pour(body, outgoing, request.headers.get('content-length')).catch((error: Error) =>
      connection.destroy(error),
    );
  });
}
