/** What goes wrong with one request. */
export type Fault =
  /** It is answered with a Status. */
  | { readonly status: number; readonly retryAfter?: number; readonly message?: string }
  /** The stream goes wrong after so many lines. */
  | {
      readonly after: number;
      readonly how:
        /** The connection breaks. */
        | 'break'
        /** The stream ends, as it may at any time. */
        | 'end'
        /** An ERROR event: the revision is too old. */
        | 'gone'
        /** The connection breaks within a line. */
        | 'half'
        /** Within a line, the stream ends as if it were complete. */
        | 'half-end'
        /** Nothing comes any more, and it doesn't end either. */
        | 'hang'
        /** What is no JSON. */
        | 'nonsense';
    }
  /** Bytes come a few at a time. */
  | { readonly slow: number };

const ENCODER = new TextEncoder();

const GONE = `${JSON.stringify({
  type: 'ERROR',
  object: { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410, message: 'too old' },
})}\n`;

/** A response with which it goes wrong. */
export function withFault(response: Response, fault: Fault): Response {
  if ('status' in fault) {
    const { status: code, retryAfter, message = 'a fault' } = fault;
    return Response.json(
      { kind: 'Status', status: 'Failure', code, message },
      { status: code, headers: retryAfter === undefined ? {} : { 'Retry-After': `${retryAfter}` } },
    );
  }
  const { body } = response;
  if (body === null) return response;
  const lines = 'slow' in fault ? trickle(body, fault.slow) : broken(body, fault);
  return new Response(streamOf(lines), response);
}

function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    // It may be waiting for more, which would keep it from ending.
    cancel: () => void chunks.return(undefined),
  });
}

async function* trickle(
  body: ReadableStream<Uint8Array>,
  milliseconds: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    for (let start = 0; start < chunk.length; start += 500) {
      yield chunk.slice(start, start + 500);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
  }
}

async function* broken(
  body: ReadableStream<Uint8Array>,
  { after, how }: Extract<Fault, { readonly after: number }>,
): AsyncGenerator<Uint8Array> {
  let left = after;
  for await (const line of linesOf(body)) {
    if (left > 0) {
      left -= 1;
      yield ENCODER.encode(line);
      continue;
    }
    switch (how) {
      case 'end':
        return;
      case 'break':
        throw new Error('broken on purpose');
      case 'half':
        yield ENCODER.encode(line.slice(0, line.length / 2));
        throw new Error('broken on purpose');
      case 'half-end':
        yield ENCODER.encode(line.slice(0, line.length / 2));
        return;
      case 'gone':
        yield ENCODER.encode(GONE);
        return;
      case 'nonsense':
        yield ENCODER.encode('{"type":"ADDED","object":{nonsense\n');
        break;
      case 'hang':
        await new Promise(() => undefined);
    }
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield `${line}\n`;
  }
  if (rest !== '') yield rest;
}
