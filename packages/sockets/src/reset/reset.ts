import type { Socket } from 'node:net';

/**
 * Closes a connection at once, so that the other side sees that it was broken off: by a reset (RFC 9293 section 3.5.2), where the
 * end was not sent already.
 */
export function reset(socket: Socket): void {
  const isEnding = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  // While an end is on its way, libuv refuses to reset, and Node would then never close the descriptor.
  if (socket.connecting || socket.destroyed || isEnding) socket.destroy();
  else socket.resetAndDestroy();
}
