import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout } from 'node:timers';

import { respond, type RespondOptions } from '../respond/respond.ts';

export interface StreamOptions extends RespondOptions {
  /** Milliseconds that a connection may be open without a whole query. */
  readonly idleTimeout: number;
  /** Connections; those beyond are closed at once. */
  readonly maxConnections: number;
}

/** A TCP server and its connections. */
export interface Streams {
  readonly server: Server;
  readonly connections: ReadonlySet<Socket>;
}

/**
 * Answers queries over TCP: RFC 7766. Any number of them may come one after another without waiting, in segments of any size.
 *
 * @throws {Error} where it can't be listened there: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`.
 */
export async function serveStreams(
  hostname: string,
  port: number,
  options: StreamOptions,
): Promise<Streams> {
  const connections = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    if (connections.size >= options.maxConnections) {
      socket.destroy();
      return;
    }
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    answerAll(socket, options);
  });
  const listening = once(server, 'listening');
  server.listen({ host: hostname, port });
  await listening;
  // A connection that the system has no room for is lost, and the others go on.
  server.on('error', () => undefined);
  return { server, connections };
}

function answerAll(socket: Socket, options: StreamOptions): void {
  // Bytes alone keep nothing open: whoever sends one now and then would hold a connection for ever.
  const idle = setTimeout(() => socket.destroy(), options.idleTimeout);
  let pending: Uint8Array = new Uint8Array();
  let isWaiting = false;
  socket.once('close', () => clearTimeout(idle));
  /** One query in each turn, so that others have theirs in between; none while the client doesn't read what is answered. */
  const answerNext = (): void => {
    isWaiting = false;
    if (socket.destroyed) return;
    const message = firstOf(pending);
    if (message === undefined) {
      socket.resume();
      return;
    }
    pending = pending.subarray(PREFIX + message.length);
    idle.refresh();
    const response = respond(message, 'stream', options);
    if (response === undefined && message.length < SHORTEST) {
      socket.destroy();
      return;
    }
    isWaiting = true;
    socket.pause();
    if (response && !socket.write(framed(response.message))) socket.once('drain', answerNext);
    else setImmediate(answerNext);
  };
  socket.on('data', (chunk: Uint8Array) => {
    pending = joined(pending, chunk);
    if (!isWaiting) answerNext();
  });
}

/** Bytes of a header: what is shorter is no DNS. */
const SHORTEST = 12;

/** Bytes of the length before a message: RFC 1035 section 4.2.2. */
const PREFIX = 2;

/** The message that bytes begin with; `undefined` where its end is still to come. */
function firstOf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < PREFIX) return undefined;
  const end = PREFIX + new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint16(0);
  return end > bytes.length ? undefined : bytes.subarray(PREFIX, end);
}

/** The length and the message at once, so that they go in one segment: RFC 7766 section 8. */
function framed(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(PREFIX + message.length);
  new DataView(frame.buffer).setUint16(0, message.length);
  frame.set(message, PREFIX);
  return frame;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
