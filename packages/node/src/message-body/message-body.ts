import type { IncomingMessage } from 'node:http';

import type { ByteController, ByteStream } from '@portolan/proxy';

import { SourceStream } from './source-stream.ts';

export interface MessageBodyEvents {
  /** Somebody wants to read. */
  readonly pull?: () => void;
  /** Nobody wants to read any more. */
  readonly cancel?: () => void;
}

/** The content of a message. */
export interface MessageBody {
  /** Read from the connection no faster than it is taken. Where the message breaks off it errors; it never ends early. */
  readonly stream: ByteStream;
  /** Errors the stream if it has not ended. What still comes of the message is let go. */
  readonly release: (reason: string) => void;
}

export function messageBody(message: IncomingMessage, events: MessageBodyEvents = {}): MessageBody {
  let isFlowing = false;
  let isOver = false;
  const settle = (how: () => void): void => {
    if (!isOver) how();
    isOver = true;
  };

  /** From now on chunks come by themselves, each when it is asked for. */
  function flow(controller: ByteController): void {
    isFlowing = true;
    message.on('data', (chunk: Buffer) => {
      if (isOver) return;
      controller.enqueue(chunk);
      message.pause();
    });
  }

  const stream = new SourceStream({
    start: (controller) => {
      message.on('end', () => settle(() => controller.close()));
      message.on('error', (error) => settle(() => controller.error(error)));
      message.on('close', () =>
        settle(() =>
          controller.error(new Error('the connection was closed before the content ended')),
        ),
      );
    },
    pull: (controller) => {
      events.pull?.();
      // What is small has often come along with the header section.
      const chunk: Buffer | null = isFlowing ? null : message.read();
      if (chunk !== null) {
        controller.enqueue(chunk);
      } else if (message.complete && message.readableLength === 0 && message.errored === null) {
        settle(() => controller.close());
      } else {
        if (!isFlowing) flow(controller);
        message.resume();
      }
    },
    cancel: () => settle(() => events.cancel?.()),
  });
  const release = (reason: string): void => {
    settle(() => stream.error(new Error(reason)));
    if (!message.complete || message.readableLength > 0) message.resume();
  };
  return { stream, release };
}
