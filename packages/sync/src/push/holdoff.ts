import * as Effect from 'effect/Effect';

/** How long changes are gathered before they are sent, in milliseconds. */
export interface Holdoff {
  /** After the last change; 200 by default. */
  readonly quiet?: number;
  /** After the first one at the latest; 2000 by default. */
  readonly maximum?: number;
}

/** Gathers changes: it is over when there was none for a while, or when the first has waited for long. */
export interface Gathering {
  /** There was a change. */
  readonly note: () => void;
  /** Waits until it is over, if there was a change; the next begins with the next change. */
  readonly gathered: Effect.Effect<void>;
}

export function createGathering({ quiet = 200, maximum = 2000 }: Holdoff): Gathering {
  let first: number | undefined;
  let last = 0;
  const remaining = (): number =>
    first === undefined ? 0 : Math.min(last + quiet, first + maximum) - performance.now();
  return {
    note: () => {
      last = performance.now();
      first ??= last;
    },
    gathered: Effect.gen(function* () {
      for (let rest = remaining(); rest > 0; rest = remaining()) yield* Effect.sleep(rest);
      first = undefined;
    }),
  };
}
