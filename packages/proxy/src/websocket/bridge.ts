/** Text is a string, anything else is binary: RFC 6455 section 5.6. */
export type Message = ArrayBuffer | Uint8Array<ArrayBuffer> | string;

/** What a bridge needs of a WebSocket that is open. */
export interface BridgedSocket {
  /** Bytes that were sent and have not left yet. */
  readonly buffered: () => number;
  readonly send: (message: Message) => void;
  /** Without a code, the Close frame has none. */
  readonly close: (code?: number, reason?: string) => void;
  /** Stops reading until `resume`; absent where the runtime can't. */
  readonly pause?: () => void;
  readonly resume?: () => void;
  /** Ends the connection whether or not the other side agrees; absent where the runtime can't. */
  readonly terminate?: () => void;
}

export type Side = 'client' | 'endpoint';

/** Bytes that wait for one side from which on the other isn't read. */
const HIGH_WATER = 1024 * 1024;
/** Milliseconds after which we look again whether a side may be read. */
const LOOK_AGAIN = 20;
/** Milliseconds that a side has to answer our Close frame, once it has taken in what was sent before. */
const CLOSE_TIMEOUT = 10_000;

/** RFC 6455 section 7.4.1, and the IANA registry for the last. */
const NO_STATUS = 1005;
const INTERNAL_ERROR = 1011;
const TRY_AGAIN_LATER = 1013;

/** What is known of one side. */
class End {
  socket: BridgedSocket | undefined;
  hasEnded = false;
  closing: { readonly code?: number; readonly reason?: string } | undefined;
  /** What came for it before it was open, and how many bytes that is. */
  waiting: Message[] = [];
  waitingBytes = 0;
  /** While it isn't read: looks whether it may be. */
  paused: ReturnType<typeof setInterval> | undefined;
  /** Waits for the answer to our Close frame. */
  terminating: ReturnType<typeof setTimeout> | undefined;

  buffered(): number {
    return this.socket?.buffered() ?? this.waitingBytes;
  }

  send(message: Message): void {
    if (this.socket !== undefined) {
      this.socket.send(message);
    } else {
      this.waiting.push(message);
      this.waitingBytes += sizeOf(message);
    }
  }
}

/**
 * Ties two WebSockets to each other: messages go both ways in order, and when one side ends, the other is closed as it was.
 * What comes for a side that isn't open yet waits for it.
 *
 * Where the runtime can pause a WebSocket, a side is read no faster than the other takes in. Where it can't, and more than
 * `maxBuffered` bytes wait for one side, both are closed with 1013 (Try Again Later).
 */
export class Bridge {
  /** Resolves when one side has ended and the other has been told. */
  readonly closed: Promise<void>;
  readonly #over: () => void;
  readonly #maxBuffered: number;
  readonly #ends: Readonly<Record<Side, End>> = { client: new End(), endpoint: new End() };

  /** @param maxBuffered Bytes. What waits is counted before a message is sent, so that a single one may be of any size. */
  constructor(maxBuffered: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#over = resolve;
    this.#maxBuffered = maxBuffered;
  }

  /** A side is open from now on. */
  open(side: Side, socket: BridgedSocket): void {
    const end = this.#ends[side];
    end.socket = socket;
    for (const message of end.waiting) socket.send(message);
    end.waiting = [];
    if (end.closing !== undefined) this.#sendClose(end, socket);
  }

  /** A message came in from a side. */
  receive(from: Side, message: Message): void {
    const to = this.#ends[opposite(from)];
    if (to.closing !== undefined || to.hasEnded) return;
    if (to.buffered() > this.#maxBuffered) {
      this.close(TRY_AGAIN_LATER, 'The other side is too slow');
      return;
    }
    to.send(message);
    if (to.buffered() > HIGH_WATER) this.#pause(this.#ends[from], to);
  }

  /**
   * A side's connection is over.
   *
   * @param code Of its Close frame; 1005 where that had none; 1006, 0 or absent where the connection broke.
   */
  end(side: Side, code?: number, reason?: string): void {
    const end = this.#ends[side];
    end.hasEnded = true;
    if (end.terminating !== undefined) clearTimeout(end.terminating);
    if (end.paused !== undefined) clearInterval(end.paused);
    const other = this.#ends[opposite(side)];
    if (code === NO_STATUS) this.#close(other);
    else if (isSendable(code)) this.#close(other, code, reason);
    else this.#close(other, INTERNAL_ERROR);
    this.#over();
  }

  /** Closes both sides. */
  close(code: number, reason: string): void {
    this.#close(this.#ends.client, code, reason);
    this.#close(this.#ends.endpoint, code, reason);
    this.#over();
  }

  #close(end: End, code?: number, reason?: string): void {
    if (end.hasEnded || end.closing !== undefined) return;
    end.closing = { code, reason };
    // A side that isn't read would never be heard to agree.
    this.#resume(end);
    if (end.socket !== undefined) this.#sendClose(end, end.socket);
  }

  #sendClose(end: End, socket: BridgedSocket): void {
    socket.close(end.closing?.code, end.closing?.reason);
    this.#awaitEnd(end, socket);
  }

  #awaitEnd(end: End, socket: BridgedSocket): void {
    const { terminate } = socket;
    if (terminate === undefined || end.hasEnded) return;
    const left = socket.buffered();
    end.terminating = setTimeout(() => {
      if (socket.buffered() < left) this.#awaitEnd(end, socket);
      else terminate();
    }, CLOSE_TIMEOUT);
  }

  #pause(end: End, slow: End): void {
    if (end.paused !== undefined || end.socket?.pause === undefined) return;
    end.socket.pause();
    end.paused = setInterval(() => {
      if (slow.buffered() <= HIGH_WATER / 2) this.#resume(end);
    }, LOOK_AGAIN);
  }

  #resume(end: End): void {
    if (end.paused === undefined) return;
    clearInterval(end.paused);
    end.paused = undefined;
    end.socket?.resume?.();
  }
}

function opposite(side: Side): Side {
  return side === 'client' ? 'endpoint' : 'client';
}

/** Text counts by its UTF-16 units, which are no more than its bytes. */
function sizeOf(message: Message): number {
  return typeof message === 'string' ? message.length : message.byteLength;
}

/** RFC 6455 section 7.4.1: 1005, 1006 and 1015 are never in a frame. */
function isSendable(code: number | undefined): code is number {
  return code !== undefined && code >= 1000 && code !== 1006 && code !== 1015;
}
