import type { Socket } from 'node:net';
import process from 'node:process';

import type { Outgoing } from '../message-body/pour.ts';
import type { RequestHead } from './request-head.ts';

/** Bytes up to which what is written in one turn is put together, so that it leaves at once: it costs as much as a single byte. */
const SMALL = 4096;

/** A request on its way to the endpoint, on a connection that is its own for now. */
export class OutgoingRequest implements Outgoing {
  readonly socket: Socket;
  readonly #isChunked: boolean;
  /** What the socket has not been given yet, in Latin-1. */
  #unwritten: string;
  #isEnded = false;
  #isDue = false;

  constructor(socket: Socket, { text, isChunked }: RequestHead) {
    this.socket = socket;
    this.#isChunked = isChunked;
    this.#unwritten = text;
  }

  get destroyed(): boolean {
    return this.socket.destroyed;
  }

  /** Whether all of it has left. */
  get isSent(): boolean {
    return this.#isEnded && this.socket.writableLength === 0;
  }

  /** Content, after the head; the head alone, where that is empty. What is small leaves with what else is written in this turn. */
  write(content: Uint8Array | string): boolean {
    const { length } = content;
    const isWhole = length <= SMALL;
    this.#later();
    if (this.#isChunked && length > 0) this.#unwritten += `${length.toString(16)}\r\n`;
    if (isWhole) this.#unwritten += latin1(content);
    if (!isWhole || this.#unwritten.length > SMALL) this.#flush();
    const goesOn = isWhole ? !this.socket.writableNeedDrain : this.socket.write(content);
    if (this.#isChunked && length > 0) this.#unwritten += '\r\n';
    return goesOn;
  }

  end(): void {
    if (this.#isChunked) this.#unwritten += '0\r\n\r\n';
    this.#flush();
    this.#isEnded = true;
  }

  on(event: 'close' | 'drain', listener: () => void): void {
    this.socket.on(event, listener);
  }

  off(event: 'close' | 'drain', listener: () => void): void {
    this.socket.off(event, listener);
  }

  /** Nothing waits for longer than this turn. */
  #later(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    process.nextTick(() => {
      this.#isDue = false;
      this.#flush();
    });
  }

  #flush(): void {
    const text = this.#unwritten;
    this.#unwritten = '';
    if (text !== '' && !this.socket.destroyed) this.socket.write(text, 'latin1');
  }
}

function latin1(content: Uint8Array | string): string {
  if (typeof content === 'string') return content;
  const { buffer, byteOffset, length } = content;
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}
