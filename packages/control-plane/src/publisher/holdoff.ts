import * as Clock from 'effect/Clock';
import * as Effect from 'effect/Effect';

/** How long changes are gathered before a Snapshot is made of them, in milliseconds. */
export interface Holdoff {
  /** After the last change; 20 by default. */
  readonly quiet?: number;
  /** After the first one at the latest; 200 by default. */
  readonly maximum?: number;
}

/** Milliseconds that never run backwards. */
const monotonicMillis: Effect.Effect<number> = Effect.map(
  Clock.monotonicTimeNanos,
  (nanos) => Number(nanos) / 1e6,
);

/**
 * Waits until it has been quiet for long enough, or for as long as it may.
 *
 * @param lastChange When the last change came, in `monotonicMillis`.
 */
export const holdOff: (holdoff: Holdoff, lastChange: () => number) => Effect.Effect<void> =
  Effect.fnUntraced(function* ({ quiet = 20, maximum = 200 }: Holdoff, lastChange: () => number) {
    const first = yield* monotonicMillis;
    for (;;) {
      const now = yield* monotonicMillis;
      const left = Math.min(lastChange() + quiet, first + maximum) - now;
      if (left <= 0) return;
      yield* Effect.sleep(Math.ceil(left));
    }
  });
