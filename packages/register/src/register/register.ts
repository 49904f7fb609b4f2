/// <reference lib="esnext.disposable" preserve="true" />
import { RegisterError } from '../api-request/api-request.ts';
import { podClient, type PodClient, type HeartbeatOptions } from '../pod-client/pod-client.ts';
import { podName } from '../pod-name/pod-name.ts';
import { beforeEnd } from '../process-end/process-end.ts';
import { DEFAULT_NAMESPACE } from '../registered-pod/registered-pod.ts';
import { isRefusal, renewalDelay, retryDelay } from '../schedule/schedule.ts';
import { sleep, startTimer } from '../timer/timer.ts';

export interface RegisterOptions extends Omit<HeartbeatOptions, 'name'> {
  /** A DNS subdomain (RFC 1123) that no other process has; by default made of the host's name and random letters. */
  readonly name?: string;
  /**
   * Whether the process can take requests; asked with each heartbeat. What throws, or takes longer than a tenth of the duration
   * or 5 s, can't.
   */
  readonly ready?: () => boolean | Promise<boolean>;
  /** Milliseconds between turning unready and being deleted on withdrawal, for requests under way; 0 by default. */
  readonly drain?: number;
  /** Withdraws on SIGTERM, on SIGINT and when the process has nothing left to do; true by default. */
  readonly withdrawOnExit?: boolean;
  /** Is told of what failed; it is tried again. By default `console.warn` is. */
  readonly onError?: (error: RegisterError) => void;
  /** From 0 to below 1; `Math.random` by default. */
  readonly random?: () => number;
}

/** A process that is registered. */
export interface Registration extends AsyncDisposable {
  readonly pod: { readonly namespace: string; readonly name: string };
  /**
   * Says whether the process can take requests: `ready` has to say so too. Resolves when the control plane was told, or
   * couldn't be: then it is tried again.
   */
  readonly setReady: (isReady: boolean) => Promise<void>;
  /** Turns the Pod unready, so that no new requests come, then deletes it and its Lease. Never rejects. */
  readonly withdraw: () => Promise<void>;
}

/** Milliseconds that a withdrawal may take at most, besides `drain`. */
const LONGEST_WITHDRAWAL = 5000;

/** Milliseconds that `ready` may take at most. */
const LONGEST_PATIENCE = 5000;

/** Milliseconds between the tries of a withdrawal. */
const WITHDRAWAL_RETRIES = [200, 600];

/**
 * Registers this process as a Pod and keeps it alive by a heartbeat, until it is withdrawn. Resolves when that was tried once:
 * where it failed, `onError` is told, and it is tried until it succeeds.
 *
 * @throws {TypeError} where `url` is none or holds a password, or `token` can't be sent.
 */
export async function register(options: RegisterOptions): Promise<Registration> {
  const { random = Math.random } = options;
  const registered = new RegisteredProcess({ ...options, name: options.name ?? podName(random) });
  await registered.beat();
  return registered;
}

class RegisteredProcess implements Registration {
  readonly pod: Registration['pod'];
  readonly #options: RegisterOptions & HeartbeatOptions;
  readonly #client: PodClient;
  readonly #beating = new AbortController();
  readonly #stopListening: () => void;
  #isReady = true;
  /** What the control plane was told of it; nothing while the Pod was never there. */
  #told: boolean | undefined;
  #failures = 0;
  #work: Promise<void> = Promise.resolve();
  #stopTimer: () => void = () => undefined;
  #withdrawal: Promise<void> | undefined;

  constructor(options: RegisterOptions & HeartbeatOptions) {
    const { name, namespace = DEFAULT_NAMESPACE, withdrawOnExit = true } = options;
    this.pod = { namespace, name };
    this.#options = options;
    this.#client = podClient(options, this.#beating.signal);
    this.#stopListening = withdrawOnExit ? beforeEnd(() => this.withdraw()) : () => undefined;
  }

  /** One after the other, so that nothing is written after it was deleted. */
  beat(): Promise<void> {
    this.#work = this.#work.then(() => this.#beat());
    return this.#work;
  }

  setReady(isReady: boolean): Promise<void> {
    this.#isReady = isReady;
    return this.beat();
  }

  withdraw(): Promise<void> {
    this.#withdrawal ??= this.#withdraw();
    return this.#withdrawal;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.withdraw();
  }

  async #beat(): Promise<void> {
    this.#stopTimer();
    if (this.#beating.signal.aborted) return;
    const { random = Math.random } = this.#options;
    const { duration } = this.#client;
    let delay = renewalDelay(duration, random());
    try {
      await this.#write();
      this.#failures = 0;
    } catch (cause) {
      if (this.#beating.signal.aborted) return;
      this.#failures += 1;
      delay = retryDelay(this.#tell(cause), this.#failures, duration, random());
    }
    if (!this.#beating.signal.aborted) this.#stopTimer = startTimer(() => void this.beat(), delay);
  }

  async #write(): Promise<void> {
    const isKnown = this.#told !== undefined;
    // The Lease doesn't wait for what `ready` has to say.
    const [isRenewed, isReady] = await Promise.all([
      isKnown && this.#client.renew(),
      this.#asked(),
    ]);
    const isThere = isRenewed && (this.#told === isReady || (await this.#client.setReady(isReady)));
    if (!isThere) await this.#client.create(isReady);
    this.#told = isReady;
  }

  /** What was set and what `ready` says. */
  async #asked(): Promise<boolean> {
    const { ready = () => true } = this.#options;
    if (!this.#isReady) return false;
    const late = Promise.withResolvers<boolean>();
    const patience = Math.min(this.#client.duration / 10, LONGEST_PATIENCE);
    const stop = startTimer(() => late.resolve(false), patience);
    try {
      return await Promise.race([ready(), late.promise]);
    } catch {
      return false;
    } finally {
      stop();
    }
  }

  async #withdraw(): Promise<void> {
    const { drain = 0 } = this.#options;
    this.#stopTimer();
    this.#beating.abort();
    await this.#work;
    const client = podClient(
      this.#options,
      AbortSignal.timeout(Math.ceil(LONGEST_WITHDRAWAL + drain)),
    );
    try {
      const isThere = await persistently(() => client.setReady(false)).catch(() => true);
      if (isThere && drain > 0) await sleep(drain);
      await persistently(() => client.remove());
    } catch (cause) {
      this.#tell(cause);
    }
    this.#stopListening();
  }

  #tell(cause: unknown): RegisterError {
    const error =
      cause instanceof RegisterError ? cause : new RegisterError(String(cause), { cause });
    const { onError = warn } = this.#options;
    try {
      onError(error);
    } catch {
      // Nobody is there to take it: this is called from timers.
    }
    return error;
  }
}

/** Tries again where that may help. */
async function persistently<T>(
  work: () => Promise<T>,
  [delay, ...delays]: readonly number[] = WITHDRAWAL_RETRIES,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isHopeless = error instanceof RegisterError && isRefusal(error);
    if (delay === undefined || isHopeless) throw error;
    await sleep(delay);
    return persistently(work, delays);
  }
}

function warn({ message }: RegisterError): void {
  // oxlint-disable-next-line no-console -- otherwise nobody would know
  console.warn(`register: ${message}`);
}
