import {
  ConflictError,
  refOf,
  RESOURCE_TYPES,
  UnavailableError,
  type Change,
  type Store,
  type Write,
} from '@portolan/store';
import * as Clock from 'effect/Clock';
import * as Effect from 'effect/Effect';
import * as FiberMap from 'effect/FiberMap';
import * as Schedule from 'effect/Schedule';
import type * as Scope from 'effect/Scope';

import type { Settlement } from '../../settlement/settlement.ts';
import { ControlPlaneStore } from '../../store/control-plane-store.ts';
import { revisionOf } from '../../store/expected.ts';
import { Warnings } from '../../warnings/warnings.ts';
import { runWorkQueue } from '../../work-queue/work-queue.ts';

/** Keeps what is derived from objects in line with them: level-triggered, one key at a time. */
export interface Controller {
  /** As field manager: `endpointslice-controller`. */
  readonly name: string;
  /**
   * Takes note of a change, and says for which keys there may be something to do. A controller first hears of every object
   * that there is, as if it had just been added.
   */
  readonly concerns: (change: Change) => Iterable<string>;
  /** Whether a key need not be looked at again because of what `reconcile` had written for it. */
  readonly isDoneOnceWritten?: boolean;
  /** What is to be written so that all is as it should be: nothing where it is. */
  readonly reconcile: (key: string, now: number) => Reconciled;
}

export interface Reconciled {
  readonly writes: readonly Write[];
  /** When to look at the key again even if nothing changes: milliseconds since 1970. */
  readonly again?: number;
}

/** What is done at a time, before others have their turn: about so many writes, and no more keys than that. */
const BATCH = 50;
/** Timers hold no more than 24.8 days. */
const LONGEST_SLEEP = 86_400_000;

/** What fails is tried again for about 3 s while the others wait, and then every 10 s while they go on. */
const retries = Schedule.exponential('100 millis').pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 5 }),
);
const LATER = 10_000;

/** Runs a controller until the scope ends. It waits for nobody, and nobody waits for it. */
export const runController: (
  controller: Controller,
) => Effect.Effect<void, never, Scope.Scope | Settlement | Store> = Effect.fnUntraced(function* ({
  name,
  concerns,
  reconcile,
  isDoneOnceWritten = false,
}: Controller) {
  const store = yield* ControlPlaneStore;
  const warn = yield* Warnings;
  const clock = yield* Clock.Clock;
  const delayed = yield* FiberMap.make<string>();
  let commits = 0;
  let isCommitting = false;

  const reconciled = (key: string): Reconciled => {
    try {
      return reconcile(key, clock.currentTimeMillisUnsafe());
    } catch (cause) {
      warn(`${name}: ${key} is left as it is: ${String(cause)}`);
      return { writes: [] };
    }
  };
  /** Works off keys from the first on, and says how many. Nothing comes between what is read and what is written. */
  const commit = (
    keys: readonly string[],
  ): Effect.Effect<number, ConflictError | UnavailableError> =>
    Effect.suspend(() => {
      const results: (Reconciled & { readonly key: string })[] = [];
      const writes: Write[] = [];
      for (const key of keys) {
        const result = reconciled(key);
        results.push({ key, ...result });
        writes.push(...result.writes);
        if (writes.length >= BATCH) break;
      }
      try {
        isCommitting = true;
        if (writes.length > 0 && store.commit(writes).length > 0) commits += 1;
      } catch (cause) {
        if (cause instanceof ConflictError || cause instanceof UnavailableError) {
          return Effect.fail(cause);
        }
        throw cause;
      } finally {
        isCommitting = false;
      }
      return Effect.as(
        Effect.forEach(results, ({ key, again }) => lookAgain(key, again), { discard: true }),
        results.length,
      );
    });
  const lookAgain = (key: string, again: number | undefined): Effect.Effect<void> => {
    if (again === undefined) return FiberMap.remove(delayed, key);
    const sleep = Math.min(Math.max(again - clock.currentTimeMillisUnsafe(), 0), LONGEST_SLEEP);
    const added = Effect.andThen(
      Effect.sleep(sleep),
      Effect.sync(() => queue.add(key)),
    );
    return Effect.asVoid(FiberMap.run(delayed, key, added));
  };
  const persistently = (key: string): Effect.Effect<unknown> =>
    commit([key]).pipe(
      Effect.tapError(({ message }) => Effect.sync(() => warn(`${name} tries again: ${message}`))),
      Effect.retry(retries),
      Effect.catch(() => lookAgain(key, clock.currentTimeMillisUnsafe() + LATER)),
      Effect.catchDefect((cause) =>
        Effect.sync(() => warn(`${name}: ${key} is left as it is: ${String(cause)}`)),
      ),
    );
  /** Together; where that can't be, one by one, so that what can't be written keeps nothing else from it. */
  const workOff = (keys: readonly string[]): Effect.Effect<number> =>
    commit(keys).pipe(
      Effect.orDie,
      Effect.catchDefect(() => Effect.as(Effect.forEach(keys, persistently), keys.length)),
    );
  const workOffAll = Effect.fnUntraced(function* (all: ReadonlySet<string>) {
    const keys = [...all];
    for (let at = 0; at < keys.length;) {
      at += yield* workOff(keys.slice(at, at + BATCH));
      yield* Effect.yieldNow;
    }
  });

  const queue = yield* runWorkQueue({
    concerns: (change) => {
      const keys = concerns(change);
      return isCommitting && isDoneOnceWritten ? [] : keys;
    },
    writes: () => commits,
    work: workOffAll,
  });
  for (const object of RESOURCE_TYPES.flatMap(({ id }) => store.list(id))) {
    const change = { ref: refOf(object), object, revision: revisionOf(object) };
    for (const key of concerns({ type: 'ADDED', ...change })) queue.add(key);
  }
});
