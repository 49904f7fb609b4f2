import { whenAborted, type AbortSource } from '../abort/abort-source.ts';
import { deadline } from '../deadline/deadline.ts';
import { ofLength } from '../message/fixed-length.ts';
import {
  streamLike,
  type ByteController,
  type ByteStream,
  type HeaderFields,
} from '../message/message.ts';

/** `aborted` by the client, `broken` by the endpoint, `idle` where the endpoint gave no more for too long. */
export type BodyEnd = 'aborted' | 'broken' | 'complete' | 'idle';

export interface ResponseBodyOptions {
  /** The fields that announce it: with them, Workers keep its Content-Length. */
  readonly headers?: HeaderFields;
  /** Aborts where the client has left, which some runtimes tell sooner than by cancelling, Workers sometimes only so. */
  readonly signal?: AbortSource;
  /** Milliseconds that the endpoint may leave a client waiting that asks for more; absent: no limit. */
  readonly idleTimeout?: number;
  /** Called exactly once. bytes: as many as were passed on, where they were counted. */
  readonly onEnd: (end: BodyEnd, bytes?: number) => void;
}

type Result = ReadableStreamReadResult<Uint8Array>;

/**
 * The same body, watched. Each chunk is passed on as soon as it is there, and none is asked for before the client asks.
 * Where the endpoint breaks off or falls idle, the client's stream errors, so that it doesn't take what it has for everything.
 */
export function responseBody(
  body: ByteStream,
  { headers, signal, idleTimeout, onEnd }: ResponseBodyOptions,
): ByteStream {
  const reader = body.getReader();
  const patience = deadline(idleTimeout);
  patience.pause();
  let bytes = 0;
  let hasEnded = false;

  function end(how: BodyEnd): void {
    if (hasEnded) return;
    hasEnded = true;
    patience.settle();
    onEnd(how, bytes);
  }

  function breakOff(controller: ByteController, reason: unknown, how: BodyEnd): void {
    if (hasEnded) return;
    controller.error(reason);
    end(how);
  }

  /** That it broke instead is of no interest any more. */
  function cancelRest(reason: unknown): Promise<void> {
    return reader.cancel(reason).catch(() => undefined);
  }

  function pass(controller: ByteController, { done, value }: Result): void {
    if (hasEnded) return;
    patience.pause();
    if (done) {
      controller.close();
      end('complete');
      return;
    }
    bytes += value.byteLength;
    controller.enqueue(value);
  }

  const stream = streamLike(body, {
    start: (controller) => {
      if (patience.signal)
        whenAborted(patience.signal, (reason) => {
          breakOff(controller, reason, 'idle');
          void cancelRest(reason);
        });
      if (signal)
        whenAborted(signal, (reason) => {
          if (hasEnded) return;
          end('aborted');
          void cancelRest(reason);
          // First the host may cancel: Deno prints the error of a stream that has one before.
          setTimeout(() => controller.error(reason));
        });
    },
    pull: (controller) => {
      patience.resume();
      return reader.read().then(
        (result) => pass(controller, result),
        (error: unknown) => breakOff(controller, error, 'broken'),
      );
    },
    cancel: (reason) => {
      end('aborted');
      return cancelRest(reason);
    },
  });
  return headers === undefined ? stream : ofLength(stream, headers);
}
