import type { IncomingMessage } from 'node:http';

export interface MessageBodyEvents {
  /** Somebody wants to read. */
  readonly pull?: () => void;
  /** Nobody wants to read any more. */
  readonly cancel?: () => void;
}

/** The content of a message. */
export interface MessageBody {
  /** Read from the connection no faster than it is taken. Where the message breaks off it errors; it never ends early. */
  readonly stream: ReadableStream<Uint8Array>;
  /** Errors the stream if it has not ended. What still comes of the message is let go. */
  readonly release: (reason: unknown) => void;
}

export function messageBody(message: IncomingMessage, events: MessageBodyEvents = {}): MessageBody {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const settle = (how: (open: ReadableStreamDefaultController<Uint8Array>) => void): void => {
    if (controller !== undefined) how(controller);
    controller = undefined;
  };
  const fail = (reason: unknown): void => settle((open) => open.error(reason));

  message.pause();
  message.on('data', (chunk: Buffer) => {
    if (controller === undefined) return;
    controller.enqueue(chunk);
    message.pause();
  });
  message.on('end', () => settle((open) => open.close()));
  message.on('error', fail);
  message.on('close', () => fail(new Error('the connection was closed before the content ended')));

  const stream = new ReadableStream<Uint8Array>(
    {
      start: (open) => {
        controller = open;
      },
      pull: () => {
        events.pull?.();
        message.resume();
      },
      cancel: () => {
        controller = undefined;
        events.cancel?.();
      },
    },
    // Nothing is read ahead: what is on its way waits in the connection.
    { highWaterMark: 0 },
  );
  const release = (reason: unknown): void => {
    fail(reason);
    message.resume();
  };
  return { stream, release };
}
