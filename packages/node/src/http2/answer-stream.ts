import { constants, type ServerHttp2Stream } from 'node:http2';

import type { Handler } from '@portolan/proxy';

import type { RawFields } from '../field-lines/field-lines.ts';
import type { MessageLimits } from '../message-fault/message-fault.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { RequestTarget } from '../request-target/request-target.ts';
import { plainAddress } from '../serve/plain-address.ts';
import { streamHead, type StreamHead } from './stream-head.ts';
import { streamRequest } from './stream-request.ts';
import { hintOn, refuseOn, respondOn } from './stream-response.ts';

export interface AnswerStreamOptions {
  readonly handler: Handler;
  readonly limits: MessageLimits;
  /** Is told what the handler rejected with. */
  readonly onError: (error: unknown) => void;
}

/** Answers one request over HTTP/2: RFC 9113 section 8.1. Resolves when the answer is written, or there is nobody to write it to. */
export async function answerStream(
  stream: ServerHttp2Stream,
  raw: RawFields,
  options: AnswerStreamOptions,
): Promise<void> {
  // Said again by `close`.
  stream.on('error', () => undefined);
  stream.once('finish', () => {
    // What the client still has to send nobody waits for. At once, the answer would not be sent any more.
    stream.resume();
    setImmediate(() => {
      if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
    });
  });
  const head = streamHead(raw, options.limits);
  const { method, target } = head;
  if (target === '*') {
    // The server itself has nothing to tell: RFC 9110 section 9.3.7.
    await respondOn(stream, new Response(null, { status: 204 }), method);
  } else if ('reason' in target) {
    refuseOn(stream, target, method);
  } else {
    const answer = await answerTo(stream, head, target, options);
    if (answer === undefined) return;
    if ('reason' in answer) refuseOn(stream, answer, method);
    else await respondOn(stream, answer, method);
  }
}

/** @returns `undefined` where nobody waits for an answer any more. */
async function answerTo(
  stream: ServerHttp2Stream,
  head: StreamHead,
  target: RequestTarget,
  { handler, onError }: AnswerStreamOptions,
): Promise<Response | Refusal | undefined> {
  const gone = new AbortController();
  const left = new Promise<undefined>((resolve) => {
    const leave = (): void => {
      // Node ends what was cut short.
      if (stream.aborted || !stream.writableFinished) {
        gone.abort(new Error('the client closed the stream'));
      }
      resolve(undefined);
    };
    stream.once('aborted', leave);
    stream.once('close', leave);
  });
  try {
    const request = streamRequest(stream, head, target, gone.signal);
    const answering = handler(request, {
      remoteAddress: plainAddress(stream.session?.socket.remoteAddress),
      httpVersion: '2',
      earlyHints: (hints) => hintOn(stream, hints),
    });
    const response = await Promise.race([answering, left]);
    if (!gone.signal.aborted) return response;
    // Frees what an answer is made of. That it broke instead is of no interest any more.
    answering.then(({ body }) => body?.cancel()).catch(() => undefined);
  } catch (error) {
    if (gone.signal.aborted) return undefined;
    onError(error);
    return { status: 500, reason: 'InternalError' };
  }
}
