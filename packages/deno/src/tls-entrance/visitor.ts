/** Milliseconds that a client may take to ask for something, for the first time and again. */
const TIMEOUT = 10_000;

/**
 * A client that was led to a server, which itself waits for whatever there is to come as long as it takes: handshakes and header
 * fields. It is let go where none of its requests is under way for a while.
 */
export class Visitor {
  readonly address: string;
  readonly #letGo: () => void;
  #requests = 0;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string, letGo: () => void) {
    this.address = address;
    this.#letGo = letGo;
    this.#wait();
  }

  /** A request of its has come. */
  begin(): void {
    clearTimeout(this.#late);
    this.#requests += 1;
  }

  /** A request of its is over. A WebSocket never is: it goes on until the connection ends. */
  end(): void {
    this.#requests -= 1;
    this.#wait();
  }

  /** The connection has ended. */
  leave(): void {
    this.#requests = Number.POSITIVE_INFINITY;
    clearTimeout(this.#late);
  }

  #wait(): void {
    if (this.#requests === 0) this.#late = setTimeout(this.#letGo, TIMEOUT);
  }
}
