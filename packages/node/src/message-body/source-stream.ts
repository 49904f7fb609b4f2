import type {
  ByteController,
  ByteReader,
  ByteResult,
  ByteSource,
  ByteStream,
} from '@portolan/proxy';

interface Waiting {
  readonly resolve: (result: ByteResult) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A stream from a source, without most of what a `ReadableStream` can do besides: one reader, one read at a time, nothing read
 * ahead. What it does, it does as the Streams standard has it.
 */
export class SourceStream implements ByteStream, ByteController {
  readonly #source: ByteSource;
  readonly #chunks: Uint8Array[] = [];
  #state: 'closed' | 'errored' | 'open' = 'open';
  #reason: unknown;
  #waiting: Waiting | undefined;
  #isPulling = false;
  #isLocked = false;

  constructor(source: ByteSource) {
    this.#source = source;
    source.start?.(this);
  }

  another(source: ByteSource): ByteStream {
    return new SourceStream(source);
  }

  getReader(): ByteReader {
    if (this.#isLocked) throw new TypeError('somebody reads the stream already');
    this.#isLocked = true;
    return { read: () => this.#read(), cancel: (reason) => this.#cancel(reason) };
  }

  cancel(reason?: unknown): Promise<void> {
    return this.#isLocked
      ? Promise.reject(new TypeError('it is for who reads the stream to cancel it'))
      : this.#cancel(reason);
  }

  enqueue(chunk: Uint8Array): void {
    if (this.#state !== 'open') throw new TypeError('the stream has ended');
    const waiting = this.#settled();
    if (waiting === undefined) this.#chunks.push(chunk);
    else waiting.resolve({ done: false, value: chunk });
  }

  close(): void {
    if (this.#state !== 'open') return;
    this.#state = 'closed';
    this.#settled()?.resolve({ done: true, value: undefined });
  }

  error(reason: unknown): void {
    if (this.#state !== 'open') return;
    this.#state = 'errored';
    this.#reason = reason;
    this.#chunks.length = 0;
    this.#settled()?.reject(reason);
  }

  #read(): Promise<ByteResult> {
    return new Promise((resolve, reject) => {
      const value = this.#chunks.shift();
      if (value !== undefined) {
        resolve({ done: false, value });
      } else if (this.#state === 'closed') {
        resolve({ done: true, value: undefined });
      } else if (this.#state === 'errored') {
        // oxlint-disable-next-line promise/prefer-promise-reject-errors -- whatever it broke with
        reject(this.#reason);
      } else {
        this.#waiting = { resolve, reject };
        this.#pull();
      }
    });
  }

  async #cancel(reason: unknown): Promise<void> {
    if (this.#state === 'errored') throw this.#reason;
    if (this.#state === 'closed') return;
    this.#chunks.length = 0;
    this.close();
    await this.#source.cancel(reason);
  }

  #settled(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }

  /** Not again before the source has done with it. */
  #pull(): void {
    if (this.#isPulling) return;
    const pulling = this.#source.pull(this);
    if (pulling === undefined) return;
    this.#isPulling = true;
    const goOn = (): void => {
      this.#isPulling = false;
      if (this.#waiting !== undefined) this.#pull();
    };
    pulling.then(goOn, (error: unknown) => this.error(error));
  }
}
