import http from 'node:http';

import { InvalidResponseError } from '@portolan/proxy';

import { ChunkedContent } from './chunked-content.ts';
import {
  framingOf,
  isPersistent,
  parseHead,
  type Framing,
  type ResponseHead,
} from './response-head.ts';

/** What comes of a response, in this order. */
export interface ResponseEvents {
  /** An interim response (1xx): RFC 9110 section 15.2. */
  readonly onInterim: (head: ResponseHead) => void;
  /** A 101 (Switching Protocols), and what came after it, which is no HTTP any more. Nothing else follows. */
  readonly onSwitch: (head: ResponseHead, rest: Buffer) => void;
  readonly onHead: (head: ResponseHead) => void;
  readonly onData: (chunk: Buffer) => void;
  /** @param isReusable whether the next response may come on the same connection. */
  readonly onEnd: (isReusable: boolean) => void;
}

/** More than anybody has a use for; an endpoint that never stops would keep us busy, and fill a client that doesn't read. */
const MAX_INFORMATIONAL = 100;

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const BARE_LF = /(?:^|[^\r])\n/;
const BEGINNING = 'HTTP/';

/** Reads one response from the bytes of a connection: RFC 9112, strictly. */
export class ResponseParser {
  readonly #method: string;
  readonly #events: ResponseEvents;
  /** The beginning of a head. */
  #begun: Buffer | undefined;
  #informational = 0;
  #framing: Framing | ChunkedContent | undefined;
  #isPersistent = false;
  #isOver = false;

  /** @param method Of the request. */
  constructor(method: string, events: ResponseEvents) {
    this.#method = method;
    this.#events = events;
  }

  /**
   * Takes what has come. Nothing happens once the response has ended, or `stop` was called.
   *
   * @throws {InvalidResponseError} where it is no response.
   */
  receive(bytes: Buffer): void {
    if (this.#isOver) return;
    if (this.#framing !== undefined) {
      this.#receiveContent(bytes, this.#framing);
      return;
    }
    let rest = this.#begun === undefined ? bytes : Buffer.concat([this.#begun, bytes]);
    this.#begun = undefined;
    while (!this.#isOver && this.#framing === undefined) {
      const end = rest.indexOf(END_OF_HEAD);
      if ((end < 0 ? rest.length : end) > http.maxHeaderSize) {
        throw new InvalidResponseError('the endpoint answered with a header section without end');
      }
      if (end < 0) {
        this.#begin(rest);
        return;
      }
      const head = parseHead(rest.toString('latin1', 0, end));
      rest = rest.subarray(end + END_OF_HEAD.length);
      this.#takeHead(head, rest);
    }
    if (!this.#isOver && this.#framing !== undefined) this.#receiveContent(rest, this.#framing);
  }

  /**
   * The endpoint says that nothing more comes.
   *
   * @returns whether the response is whole.
   */
  finish(): boolean {
    if (this.#framing === 'close' && !this.#isOver) this.#end(false);
    return this.#isOver;
  }

  /** Nobody listens any more. */
  stop(): void {
    this.#isOver = true;
  }

  /** Keeps a head that is not whole, unless it can be seen already that it never becomes one. */
  #begin(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const text = bytes.toString('latin1');
    if (!text.startsWith(BEGINNING.slice(0, text.length)) || BARE_LF.test(text)) {
      throw new InvalidResponseError('the endpoint answered with what is no HTTP');
    }
    this.#begun = bytes;
  }

  #takeHead(head: ResponseHead, rest: Buffer): void {
    const { status } = head;
    if (status < 100 || status > 599) {
      throw new InvalidResponseError(`the endpoint answered with status ${status}`);
    }
    if (status === 101) {
      this.#isOver = true;
      this.#events.onSwitch(head, rest);
    } else if (status < 200) {
      this.#informational += 1;
      if (this.#informational > MAX_INFORMATIONAL) {
        throw new InvalidResponseError(
          `the endpoint sent more than ${MAX_INFORMATIONAL} interim responses`,
        );
      }
      this.#events.onInterim(head);
    } else {
      const framing = framingOf(head, this.#method);
      this.#framing = framing === 'chunked' ? new ChunkedContent() : framing;
      this.#isPersistent = framing !== 'close' && isPersistent(head);
      this.#events.onHead(head);
    }
  }

  #receiveContent(bytes: Buffer, framing: Framing | ChunkedContent): void {
    if (typeof framing === 'number') {
      const chunk = bytes.length > framing ? bytes.subarray(0, framing) : bytes;
      this.#framing = framing - chunk.length;
      if (chunk.length > 0) this.#events.onData(chunk);
      if (this.#framing === 0) this.#end(bytes.length === chunk.length);
    } else if (framing instanceof ChunkedContent) {
      const rest = framing.receive(bytes, this.#onData);
      if (rest !== undefined) this.#end(rest.length === 0);
    } else if (bytes.length > 0) {
      this.#events.onData(bytes);
    }
  }

  readonly #onData = (chunk: Buffer): void => {
    if (!this.#isOver) this.#events.onData(chunk);
  };

  #end(isClean: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.onEnd(isClean && this.#isPersistent);
  }
}
