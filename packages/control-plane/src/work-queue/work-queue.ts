import type { Change, Store } from '@portolan/store';
import * as Effect from 'effect/Effect';
import * as Latch from 'effect/Latch';
import type * as Scope from 'effect/Scope';

import { Settlement } from '../settlement/settlement.ts';
import { ControlPlaneStore } from '../store/control-plane-store.ts';
import { Warnings } from '../warnings/warnings.ts';

/** How changes of the store are worked off. */
export interface WorkQueueOptions {
  /** What is to be looked at because of a change: keys, each of which stands in the queue once. May not write. */
  readonly concerns: (change: Change) => Iterable<string>;
  /** Waits for more to gather, once there is something in the queue. By default nothing is waited for. */
  readonly gather?: Effect.Effect<void>;
  /** Works off everything that was in the queue. What comes meanwhile has its turn afterwards. */
  readonly work: (keys: ReadonlySet<string>) => Effect.Effect<void>;
  /** How often `work` has written to the store; by default it never does. */
  readonly writes?: () => number;
}

export interface WorkQueue {
  readonly add: (key: string) => void;
}

interface Waiter {
  /** How many keys must have been worked off. */
  readonly count: number;
  readonly resume: () => void;
}

/** Begins to work off the changes of the store, and goes on until the scope ends. */
export const runWorkQueue: (
  options: WorkQueueOptions,
) => Effect.Effect<WorkQueue, never, Scope.Scope | Settlement | Store> = Effect.fnUntraced(
  function* ({ concerns, gather = Effect.void, work, writes = () => 0 }: WorkQueueOptions) {
    const store = yield* ControlPlaneStore;
    const settlement = yield* Settlement;
    const warn = yield* Warnings;
    const isFilled = Latch.makeUnsafe();
    let keys = new Set<string>();
    let added = 0;
    let done = 0;
    let waiters: readonly Waiter[] = [];

    const add = (key: string): void => {
      keys.add(key);
      added += 1;
      isFilled.openUnsafe();
    };
    const tell = (): void => {
      const all = waiters;
      waiters = all.filter(({ count }) => count > done);
      for (const { count, resume } of all) if (count <= done) resume();
    };
    const observe = (change: Change): void => {
      try {
        for (const key of concerns(change)) add(key);
      } catch (cause) {
        warn(`${change.ref.resource} ${change.ref.namespace}/${change.ref.name}: ${String(cause)}`);
      }
    };
    const round = Effect.gen(function* () {
      yield* isFilled.await;
      // A listener of the store, which is where the latch was opened, may not commit.
      yield* Effect.yieldNow;
      yield* gather;
      const [taken, count] = [keys, added];
      keys = new Set();
      isFilled.closeUnsafe();
      yield* Effect.catchDefect(work(taken), (cause) => Effect.sync(() => warn(String(cause))));
      done = count;
      tell();
    });

    yield* Effect.acquireRelease(
      Effect.sync(() => store.subscribe((changes) => changes.forEach(observe))),
      (unsubscribe) => Effect.sync(unsubscribe),
    );
    yield* Effect.forkScoped(Effect.forever(round));
    settlement.join({
      writes,
      caughtUp: Effect.callback<void>((resume) => {
        waiters = [...waiters, { count: added, resume: () => resume(Effect.void) }];
        tell();
      }),
    });
    return { add };
  },
);
