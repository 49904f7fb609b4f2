type Signal = 'SIGINT' | 'SIGTERM';

/** What of Node's `process` is needed; Deno and Bun have it too. */
export interface Process {
  readonly pid: number;
  readonly on: (event: 'beforeExit' | Signal, listener: () => void) => unknown;
  readonly off: (event: 'beforeExit' | Signal, listener: () => void) => unknown;
  readonly listenerCount: (event: Signal) => number;
  readonly kill: (pid: number, signal: Signal) => unknown;
}

declare const process: Process | undefined;

/**
 * Does something when the process is about to end: on SIGTERM, SIGINT, and when nothing is left to do. Once it is done the
 * signal takes its usual effect, unless somebody else listens for it. A second signal takes effect at once.
 *
 * @returns Listens no more.
 */
export function beforeEnd(
  work: () => Promise<void>,
  host: Process | undefined = hostProcess(),
): () => void {
  if (host === undefined) return () => undefined;
  const take = (signal: Signal): void => {
    stop();
    if (host.listenerCount(signal) === 0) host.kill(host.pid, signal);
  };
  let isEnding = false;
  const end = (signal: Signal): void => {
    if (isEnding) {
      take(signal);
    } else {
      isEnding = true;
      void work().then(() => take(signal));
    }
  };
  const interrupted = (): void => end('SIGINT');
  const terminated = (): void => end('SIGTERM');
  const finished = (): void => {
    stop();
    void work();
  };
  const stop = (): void => {
    host.off('SIGINT', interrupted);
    host.off('SIGTERM', terminated);
    host.off('beforeExit', finished);
  };
  host.on('SIGINT', interrupted);
  host.on('SIGTERM', terminated);
  host.on('beforeExit', finished);
  return stop;
}

/** None in a browser, nor where something stands for it that tells of nothing. */
function hostProcess(): Process | undefined {
  return typeof process === 'undefined' || typeof process.on !== 'function' ? undefined : process;
}
