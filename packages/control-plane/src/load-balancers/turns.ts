import * as Effect from 'effect/Effect';
import * as FiberMap from 'effect/FiberMap';
import * as Schedule from 'effect/Schedule';
import type * as Scope from 'effect/Scope';
import * as Semaphore from 'effect/Semaphore';

/** Something is left to do, which may go better later. */
export interface Unfinished {
  readonly unfinished: true;
}

export const UNFINISHED: Unfinished = { unfinished: true };

/** Keys that have turns, each one at a time, and many at once. */
export interface Turns {
  /** Gives a key a turn: at once if it waits to be tried again, once more afterwards if it is having one. */
  readonly take: (key: string) => Effect.Effect<void>;
  /** Waits until each key that was taken has had its turn since, however it ended. */
  readonly caughtUp: Effect.Effect<void>;
}

/** How many keys have their turn at once: what turns ask of others may be slow, or counted. */
const AT_ONCE = 8;

/** From a second to five minutes, as Kubernetes' service controller has it. */
const retries = Schedule.min([Schedule.exponential('1 second'), Schedule.spaced('5 minutes')]).pipe(
  Schedule.jittered,
);

/** Interrupts all turns when the scope ends. */
export const makeTurns: (
  turn: (key: string) => Effect.Effect<void, Unfinished>,
) => Effect.Effect<Turns, never, Scope.Scope> = Effect.fnUntraced(function* (turn) {
  const fibers = yield* FiberMap.make<string>();
  const permits = yield* Semaphore.make(AT_ONCE);
  /** Taken, and no turn has begun since. */
  const due = new Set<string>();
  const having = new Set<string>();
  /** Taken, and no turn that began since has ended. */
  const pending = new Set<string>();
  let waiters: readonly (() => void)[] = [];

  const begun = (key: string): void => {
    due.delete(key);
    having.add(key);
  };
  const ended = (key: string): void => {
    having.delete(key);
    if (!due.has(key)) pending.delete(key);
    if (pending.size > 0) return;
    const all = waiters;
    waiters = [];
    for (const resume of all) resume();
  };
  const one = (key: string): Effect.Effect<void, Unfinished> =>
    permits.withPermit(
      Effect.suspend(() => {
        begun(key);
        return turn(key);
      }).pipe(Effect.ensuring(Effect.sync(() => ended(key)))),
    );
  /** Until nothing has changed during a turn. */
  const all = (key: string): Effect.Effect<void, Unfinished> =>
    one(key).pipe(
      Effect.catch((unfinished) => (due.has(key) ? Effect.void : Effect.fail(unfinished))),
      Effect.repeat({ while: () => due.has(key) }),
    );
  return {
    take: (key) =>
      Effect.suspend(() => {
        due.add(key);
        pending.add(key);
        if (having.has(key)) return Effect.void;
        return Effect.asVoid(FiberMap.run(fibers, key, Effect.retry(all(key), retries)));
      }),
    caughtUp: Effect.callback<void>((resume) => {
      if (pending.size === 0) resume(Effect.void);
      else waiters = [...waiters, () => resume(Effect.void)];
    }),
  };
});
