import { Aborter, type AbortSource } from '../abort/abort-source.ts';

/** A limit on how long one side may take. The clock runs only while it is that side's turn. */
export interface Deadline {
  /** Aborts when the time is up, with a `TimeoutError`; absent where there is no limit. */
  readonly signal?: AbortSource;
  readonly hasPassed: () => boolean;
  /** The clock stands still: it is the other side's turn. */
  readonly pause: () => void;
  /** The clock starts anew. */
  readonly resume: () => void;
  /** There is no limit from now on. */
  readonly settle: () => void;
}

/** The longest time that `setTimeout` can wait: HTML section 8.7 has it in 32 bits. */
const LONGEST = 2 ** 31 - 1;

/** There is no limit. */
const NEVER: Deadline = {
  hasPassed: () => false,
  pause: () => undefined,
  resume: () => undefined,
  settle: () => undefined,
};

/**
 * Starts the clock.
 *
 * @param milliseconds How long the other side may take; `undefined`: as long as it likes.
 */
export function deadline(milliseconds: number | undefined): Deadline {
  return milliseconds === undefined ? NEVER : started(milliseconds);
}

function started(milliseconds: number): Deadline {
  const signal = new Aborter();
  let isSettled = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pause = (): void => {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
  };
  const expire = (): void => {
    signal.abort(new DOMException(`no more than ${milliseconds} ms`, 'TimeoutError'));
  };
  const resume = (): void => {
    pause();
    if (isSettled || signal.aborted) return;
    timer = setTimeout(expire, Math.min(milliseconds, LONGEST));
  };
  resume();
  return {
    signal,
    hasPassed: () => signal.aborted,
    pause,
    resume,
    settle: () => {
      isSettled = true;
      pause();
    },
  };
}
