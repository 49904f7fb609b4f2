import type { Socket } from 'node:net';
import process from 'node:process';

import type { ByteStream } from '@portolan/proxy';

/** What content is sent on: an `OutgoingMessage`, or what does as one. */
export interface Outgoing {
  readonly destroyed: boolean;
  readonly socket: Socket | null;
  /** Together with what else is written at once, the header section included. */
  write(chunk: Uint8Array | string, encoding?: BufferEncoding): boolean;
  end(): unknown;
  on(event: 'close' | 'drain', listener: () => void): unknown;
  off(event: 'close' | 'drain', listener: () => void): unknown;
}

/**
 * Sends the header section of a message, and a stream as its content, no faster than the connection takes it. Where the
 * connection is closed first, the stream is cancelled.
 *
 * @param contentLength The value of Content-Length, where it is sent.
 * @throws what the stream broke with, or that it is not as long as Content-Length says. The message is not ended then, and
 *   its connection must be destroyed: only so can the recipient tell that something is missing.
 */
export async function pour(
  body: ByteStream,
  message: Outgoing,
  contentLength: string | null,
): Promise<void> {
  let missing = contentLength === null ? undefined : Number(contentLength);
  const reader = body.getReader();
  const leave = (): void => {
    reader.cancel(new Error('the connection was closed')).catch(() => undefined);
  };
  if (message.destroyed) leave();
  message.on('close', leave);
  try {
    const first = reader.read();
    beginHead(message);
    let result = await first;
    while (!result.done && !message.destroyed) {
      if (missing !== undefined) {
        missing -= result.value.length;
        // Not a byte of it may be sent: it would be taken for the beginning of another message.
        if (!(missing >= 0)) throw new Error('the content is longer than Content-Length says');
      }
      // oxlint-disable-next-line no-await-in-loop -- one chunk after another
      if (!message.write(result.value)) await drained(message);
      // oxlint-disable-next-line no-await-in-loop
      result = await reader.read();
    }
    if (message.destroyed) return;
    if (missing !== undefined && missing !== 0) {
      throw new Error('the content is shorter than Content-Length says');
    }
    message.end();
  } catch (error) {
    leave();
    // The header section has its chance to be sent.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    throw error;
  } finally {
    message.off('close', leave);
  }
}

/**
 * Sends the header section, before there is content or together with content that is there by the next tick. `flushHeaders`
 * would write it in UTF-8.
 */
function beginHead(message: Outgoing): void {
  if (!message.destroyed) message.write('', 'latin1');
}

/** Waits for the message, or for its connection where `node:http` has let go of that: then only it says so. */
function drained(message: Outgoing): Promise<void> {
  const { socket } = message;
  return new Promise((resolve) => {
    const go = (): void => {
      message.off('drain', go);
      message.off('close', go);
      socket?.off('drain', go);
      resolve();
    };
    message.on('drain', go);
    message.on('close', go);
    socket?.on('drain', go);
    if (message.destroyed) go();
  });
}
