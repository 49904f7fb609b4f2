/** A limit on how long the endpoint may leave a request without an answer. */
export interface FirstByteDeadline {
  /** Aborts when the time is up. */
  readonly signal: AbortSignal;
  /** The body to be sent in place of the request's own. */
  readonly body: ReadableStream<Uint8Array> | null;
  /** The answer is there: from now on there is no limit. */
  readonly settle: () => void;
}

/**
 * Starts the clock. It runs only while it is the endpoint's turn: it stands still while the endpoint waits for more of
 * the body, and starts anew with each part that it is given, so that a body that is moving is never cut.
 *
 * Sends a streamed body without its length on Deno.
 *
 * @param milliseconds How long the endpoint may take before it begins to answer or asks for more.
 */
export function firstByteDeadline(
  { body, headers }: Request,
  milliseconds: number,
): FirstByteDeadline {
  const controller = new AbortController();
  let settled = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    if (timer !== undefined) clearTimeout(timer);
  };
  const start = (): void => {
    if (!settled) timer = setTimeout(() => controller.abort(), milliseconds);
  };
  start();
  return {
    signal: controller.signal,
    body: body && ofLength(observed(body, stop, start), headers.get('content-length')),
    settle: () => {
      settled = true;
      stop();
    },
  };
}

/** The same stream, telling when more is asked of it and when that has been given. */
function observed(
  stream: ReadableStream<Uint8Array>,
  asked: () => void,
  given: () => void,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        asked();
        const { done, value } = await reader.read();
        given();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

declare const FixedLengthStream:
  | (new (length: number) => TransformStream<Uint8Array, Uint8Array>)
  | undefined;

/** Workers send Content-Length only for a stream that vouches for it. */
function ofLength(
  stream: ReadableStream<Uint8Array>,
  length: string | null,
): ReadableStream<Uint8Array> {
  if (typeof FixedLengthStream === 'undefined' || length === null) return stream;
  return stream.pipeThrough(new FixedLengthStream(Number(length)));
}
