import { StatusError } from '../status/status.ts';

/** A time by which something has to be there. */
export interface Deadline {
  /** What the promise comes to; rejects with a StatusError (408) where the time is over before. */
  readonly orLater: <Value>(promise: Promise<Value>) => Promise<Value>;
  /** Leaves no timer behind. */
  readonly end: () => void;
}

/** @param milliseconds From now on. */
export function startDeadline(milliseconds: number): Deadline {
  const { promise: late, reject } = Promise.withResolvers<never>();
  // It may be that nobody waits when the time is over.
  late.catch(() => undefined);
  const timer = setTimeout(() => {
    reject(new StatusError(408, 'Timeout', 'the content of the request did not come in time'));
  }, milliseconds);
  return {
    orLater: (promise) => Promise.race([promise, late]),
    end: () => clearTimeout(timer),
  };
}
