import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';

/** Somebody who works off what has changed in the store. */
interface Participant {
  /** Waits until all that there is to do now has been done. */
  readonly caughtUp: Effect.Effect<void>;
  /** How often it has written to the store. */
  readonly writes: () => number;
}

/** Knows when everybody is done. */
export interface Settlement {
  readonly join: (participant: Participant) => void;
  /** Waits until everybody has worked off all that has been committed so far, and whatever they wrote as they did so. */
  readonly settled: Effect.Effect<void>;
}

export const Settlement: Context.Service<Settlement, Settlement> = Context.Service(
  '@portolan/control-plane/Settlement',
);

export const settlementLayer: Layer.Layer<Settlement> = Layer.sync(Settlement, createSettlement);

function createSettlement(): Settlement {
  const participants: Participant[] = [];
  const writes = (): number => participants.reduce((sum, each) => sum + each.writes(), 0);
  const settled: Effect.Effect<void> = Effect.suspend(() => {
    const before = writes();
    return Effect.forEach(participants, ({ caughtUp }) => caughtUp, { discard: true }).pipe(
      Effect.andThen(Effect.suspend(() => (writes() === before ? Effect.void : settled))),
    );
  });
  return { join: (participant) => participants.push(participant), settled };
}
