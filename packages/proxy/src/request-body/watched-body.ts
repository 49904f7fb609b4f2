import { Aborter } from '../abort/abort-source.ts';
import { deadline } from '../deadline/deadline.ts';
import { ofLength } from '../message/fixed-length.ts';
import {
  streamLike,
  type ByteController,
  type ByteStream,
  type HeaderFields,
} from '../message/message.ts';
import { keptBytes } from './kept-bytes.ts';
import type { RequestBody, RequestBodyFault, RequestBodyOptions } from './request-body.ts';

type Result = ReadableStreamReadResult<Uint8Array>;

/** A body that is counted, timed and kept on its way. It is read only when an endpoint asks for more. */
export function watchedBody(
  body: ByteStream,
  headers: HeaderFields,
  { limit = Infinity, keep, idleTimeout, onAsked, onGiven }: RequestBodyOptions,
): RequestBody {
  const reader = body.getReader();
  const kept = keptBytes(keep);
  const patience = deadline(idleTimeout);
  patience.pause();
  const { signal: late } = patience;
  late?.addEventListener('abort', () => fail('Stalled', late.reason));

  /** The stream of the present try, until it has ended in whichever way. */
  let open: ByteController | undefined;
  let abort: Aborter | undefined;
  /** Whether the present try has been given what was kept of those before it. */
  let isCaughtUp = false;
  let isWaiting = false;
  /** What is being read, or has been after its try had ended: the next one gets it. */
  let reading: Promise<Result> | undefined;
  let length = 0;
  let fault: RequestBodyFault | undefined;
  let isOver = false;
  /** Whether the client's own stream has come to its end. */
  let isRead = false;

  const isRepeatable = (): boolean => !isOver && kept.isWhole();

  async function read(): Promise<Result> {
    const result = await reader.read();
    return !result.done && result.value.byteLength === 0 ? read() : result;
  }

  /** That it broke instead is of no interest any more. */
  function cancelRest(reason: unknown): Promise<void> {
    return reader.cancel(reason).catch(() => undefined);
  }

  function ask(): void {
    isWaiting = true;
    patience.resume();
    onAsked?.();
  }

  function give(): void {
    if (!isWaiting) return;
    isWaiting = false;
    patience.pause();
    onGiven?.();
  }

  /** Nothing more is given to the present try. */
  function leave(): void {
    open = undefined;
    give();
  }

  function breakOff(reason: unknown): void {
    const controller = open;
    if (controller === undefined) return;
    leave();
    abort?.abort(reason);
    controller.error(reason);
  }

  function fail(why: RequestBodyFault, reason: unknown): void {
    fault = why;
    isOver = true;
    breakOff(reason);
  }

  async function pull(controller: ByteController): Promise<void> {
    ask();
    if (!isCaughtUp) {
      isCaughtUp = true;
      const beginning = kept.copy();
      if (beginning.byteLength > 0) {
        controller.enqueue(beginning);
        give();
        return;
      }
    }
    let result: Result;
    try {
      result = await (reading ??= read());
    } catch (error) {
      if (controller === open) fail('Broken', error);
      return;
    }
    if (controller === open) pass(controller, result);
  }

  function pass(controller: ByteController, { done, value }: Result): void {
    if (done) {
      isRead = true;
      leave();
      controller.close();
      return;
    }
    reading = undefined;
    length += value.byteLength;
    if (length > limit) {
      fail('TooLarge', new Error(`the body is larger than ${limit} bytes`));
      return;
    }
    kept.add(value);
    controller.enqueue(value);
    give();
  }

  return {
    send: () => {
      if (!isRepeatable()) throw new Error('the body can’t be sent again');
      breakOff(new Error('the body is sent again'));
      isCaughtUp = false;
      abort = new Aborter();
      let own: ByteController | undefined;
      const stream = streamLike(body, {
        start: (controller) => {
          open = own = controller;
        },
        pull,
        cancel: (reason) => {
          if (own !== open) return;
          leave();
          return isRepeatable() ? undefined : cancelRest(reason);
        },
      });
      return ofLength(stream, headers);
    },
    signal: () => abort,
    isRepeatable,
    fault: () => fault,
    settle: () => {
      isOver = true;
      if (open === undefined && !isRead) {
        void cancelRest(new Error('no more of the body is wanted'));
      }
    },
    close: () => {
      isOver = true;
      const reason = new Error('the request is over');
      breakOff(reason);
      void cancelRest(reason);
    },
  };
}
