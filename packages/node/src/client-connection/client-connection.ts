import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { Aborter, type AbortSource } from '@portolan/proxy';

import { refusalMessage, type Refusal } from '../refusal/refusal.ts';

/** Milliseconds that a client gets to read the last answer before its connection is closed for good: RFC 9112 section 9.6. */
const LINGER = 2000;

/** Requests of one connection that may wait for their turn. Nobody sends more who is to read the answers. */
const MAX_PIPELINED = 100;

/**
 * A connection on which requests are answered one after another. A pipelined request waits until those before it are answered:
 * not all are safe to run at the same time (RFC 9112 section 9.3.2).
 */
export class ClientConnection {
  readonly socket: Socket;
  readonly #broken = new Aborter();
  /** When all that came so far has been answered. */
  #answered: Promise<void> = Promise.resolve();
  #waiting = 0;
  #closing = false;
  #lingers = true;

  constructor(socket: Socket) {
    this.socket = socket;
    // `node:http` calls this after an answer with `Connection: close`. To close at once would make a client that still sends
    // lose the answer.
    socket.destroySoon = () => this.end();
  }

  /** Aborts when what the client sends can't be read on. */
  get broken(): AbortSource {
    return this.#broken;
  }

  /** Runs a task when all requests before it are answered; not at all once the connection is to be closed. */
  inTurn(task: () => Promise<void>): void {
    this.#waiting += 1;
    if (this.#waiting > MAX_PIPELINED) this.socket.destroy();
    this.#answered = this.#runAfter(this.#answered, task);
  }

  async #runAfter(earlier: Promise<void>, task: () => Promise<void>): Promise<void> {
    await earlier;
    this.#waiting -= 1;
    if (this.#closing || !this.socket.writable) return;
    try {
      await task();
    } catch {
      this.socket.destroy();
    }
  }

  /**
   * No later request is answered.
   *
   * @param lingers Whether the client may still send; not so where it said itself that this was its last request, and all of it was read.
   */
  close(lingers = true): void {
    this.#closing = true;
    this.#lingers = lingers;
  }

  /** What the client sends can't be read on. What came before is still answered, then this is said. */
  break(refusal: Refusal): void {
    if (this.#broken.aborted) return;
    this.#broken.abort(new Error(`the request can not be read: ${refusal.reason}`));
    this.refuse(refusal);
  }

  /** Refuses in turn what `node:http` has no response for. */
  refuse(refusal: Refusal): void {
    this.inTurn(async () => {
      this.close();
      const { status, title, fields, body } = refusalMessage(refusal, crypto.randomUUID());
      const lines = fields.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`));
      this.socket.write(`HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`);
      this.end();
    });
  }

  /** To be called where `node:http` lets go of the socket. A client that closes it from now on has left. */
  takeOver(): void {
    this.socket.on('error', () => undefined);
    this.socket.once('end', this.#leave);
    // Looks for an end without reading what comes before it.
    this.socket.read(0);
  }

  /** A response for a request with which `node:http` let go of the socket. */
  respondTo(incoming: IncomingMessage): ServerResponse {
    const { socket } = this;
    const outgoing = new ServerResponse(incoming);
    outgoing.shouldKeepAlive = false;
    outgoing.assignSocket(socket);
    outgoing.once('finish', () => {
      outgoing.detachSocket(socket);
      this.end();
    });
    return outgoing;
  }

  /** Gives the socket away after `takeOver`. Its end is from now on no concern of this connection. */
  release(outgoing: ServerResponse): Socket {
    this.close();
    outgoing.detachSocket(this.socket);
    this.socket.off('end', this.#leave);
    return this.socket;
  }

  /** Says that nothing more comes, and where the client may still send, reads on for a while without looking at it. */
  end(): void {
    const { socket } = this;
    socket.end();
    if (!this.#lingers) {
      if (socket.writableFinished) socket.destroy();
      else socket.once('finish', () => socket.destroy());
      return;
    }
    socket.resume();
    const timer = setTimeout(() => socket.destroy(), LINGER);
    socket.once('close', () => clearTimeout(timer));
  }

  readonly #leave = (): void => {
    this.socket.destroy();
  };
}
