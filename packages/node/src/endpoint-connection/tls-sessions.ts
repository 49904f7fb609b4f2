/** Endpoints come and go. */
const MOST = 256;

/** TLS sessions of the endpoints that were connected to last, to be resumed: RFC 8446 section 2.2. */
export class TLSSessions {
  /** By base; the latest last. */
  readonly #sessions = new Map<string, Buffer>();

  of(base: string): Buffer | undefined {
    return this.#sessions.get(base);
  }

  remember(base: string, session: Buffer): void {
    this.#sessions.delete(base);
    this.#sessions.set(base, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST && oldest !== undefined) this.#sessions.delete(oldest);
  }
}
