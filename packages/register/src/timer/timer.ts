declare const Deno: { readonly unrefTimer: (timer: unknown) => void } | undefined;

/** What a timer can hold; beyond, it would call back at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Calls back after some milliseconds, and keeps no process alive for it.
 *
 * @returns Calls back no more.
 */
export function startTimer(callback: () => void, delay: number): () => void {
  const timer = setTimeout(callback, Math.min(delay, LONGEST));
  unref(timer);
  return () => clearTimeout(timer);
}

/** Waits, and keeps the process alive for it. */
export function sleep(delay: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delay));
}

/** Node's and Bun's timers are objects, Deno's are numbers; elsewhere nothing lives on for a timer's sake. */
function unref(timer: unknown): void {
  if (isNodeTimer(timer)) timer.unref();
  else if (typeof Deno !== 'undefined') Deno.unrefTimer(timer);
}

function isNodeTimer(timer: unknown): timer is { readonly unref: () => unknown } {
  return typeof timer === 'object' && timer !== null && 'unref' in timer;
}
