/** Resolves after so many milliseconds, or as soon as the signal is aborted; never rejects. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Sleeps by the runtime's own timer, which keeps no process alive where the runtime can tell. */
export const sleep: Sleep = (milliseconds, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(wake, milliseconds);
    if (canUnref(timer)) timer.unref();
    signal.addEventListener('abort', wake);

    function wake(): void {
      signal.removeEventListener('abort', wake);
      clearTimeout(timer);
      resolve();
    }
  });

function canUnref(timer: unknown): timer is { unref(): void } {
  return typeof timer === 'object' && timer !== null && 'unref' in timer;
}
