import type { BunSocket, SocketHandler } from '../runtime/runtime.ts';

/** Milliseconds that the other end gets to close its side of a connection that is over. */
const LINGER = 2000;

/** One side of two TCP connections that are tied to each other. */
export class Side {
  static readonly handler: SocketHandler<Side> = {
    data: ({ data: side }, bytes) => side.onData(bytes),
    drain: ({ data: side }) => side.#flush(),
    end: ({ data: side }) => side.onEnd(),
    error: ({ data: side }) => side.destroy(),
    close: ({ data: side }) => {
      side.isClosed = true;
      clearTimeout(side.#late);
      side.onClose();
    },
  };

  readonly socket: BunSocket<Side>;
  isClosed = false;
  onData: (bytes: Uint8Array) => void = () => undefined;
  onEnd: () => void = () => undefined;
  onClose: () => void = () => undefined;
  /** What the connection has not taken yet. */
  #waiting: Uint8Array[] = [];
  #isEnding = false;
  #source: Side | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: BunSocket<Side>) {
    this.socket = socket;
    socket.data = this;
    socket.setNoDelay(true);
  }

  /** Makes what comes from here go there, no faster than it is taken. */
  leadTo(other: Side): void {
    this.onData = (bytes) => other.send(bytes, this);
  }

  /** @param source Has to wait until the bytes are taken. */
  send(bytes: Uint8Array, source: Side): void {
    if (this.isClosed) return;
    const taken = this.#waiting.length > 0 ? 0 : Math.max(0, this.socket.write(bytes));
    if (taken === bytes.length) return;
    // Bun uses the bytes that it hands out again.
    this.#waiting.push(bytes.slice(taken));
    this.#source = source;
    source.pause();
  }

  /** Says that nothing more comes, when all has been taken. */
  end(): void {
    if (this.isClosed) return;
    this.#isEnding = true;
    if (this.#waiting.length === 0) this.socket.shutdown();
  }

  /** Ends what is of no use any more when the other end has read it, or has had time to. */
  finish(): void {
    if (this.isClosed) return;
    this.#late ??= setTimeout(() => this.destroy(), LINGER);
    this.end();
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    if (!this.isClosed) this.socket.resume();
  }

  destroy(): void {
    if (!this.isClosed) this.socket.terminate();
  }

  #flush(): void {
    for (;;) {
      const [bytes] = this.#waiting;
      if (bytes === undefined) break;
      const taken = Math.max(0, this.socket.write(bytes));
      if (taken < bytes.length) {
        this.#waiting[0] = bytes.subarray(taken);
        return;
      }
      this.#waiting.shift();
    }
    this.#source?.resume();
    this.#source = undefined;
    if (this.#isEnding) this.socket.shutdown();
  }
}
