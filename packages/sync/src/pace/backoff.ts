import * as Duration from 'effect/Duration';
import * as Effect from 'effect/Effect';
import * as Schedule from 'effect/Schedule';

/** How soon something that failed is tried again, in milliseconds. */
export interface Backoff {
  /** After the first failure; twice as long after each further one. */
  readonly initial: number;
  readonly maximum: number;
}

/** Milliseconds. Nobody is left alone for longer, whatever they ask for. */
const LONGEST_RETRY_AFTER = 300_000;

/** What a failure says of when to come again. */
export interface Failure {
  /** In milliseconds. */
  readonly retryAfter?: number | undefined;
  /** Whether to come again soon is no use. */
  readonly isLasting?: boolean;
}

/** Exponential delays with jitter, none of them shorter than a failure asks for. */
export function backoff<Fault>(
  { initial, maximum }: Backoff,
  describe: (fault: Fault) => Failure,
): Schedule.Schedule<Duration.Duration, Fault> {
  return Schedule.exponential(initial).pipe(
    Schedule.setInputType<Fault>(),
    Schedule.modifyDelay(({ duration, input }) => {
      const { isLasting = false } = describe(input);
      const delay = isLasting ? maximum : Math.min(Duration.toMillis(duration), maximum);
      return Effect.succeed(delay);
    }),
    Schedule.jittered,
    Schedule.modifyDelay(({ duration, input }) =>
      Effect.succeed(
        Math.max(
          Duration.toMillis(duration),
          Math.min(describe(input).retryAfter ?? 0, LONGEST_RETRY_AFTER),
        ),
      ),
    ),
  );
}
