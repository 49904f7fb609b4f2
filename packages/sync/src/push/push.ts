import { hash } from '@portolan/core';
import type { ObjectRef } from '@portolan/store';
import * as Effect from 'effect/Effect';
import type * as Latch from 'effect/Latch';

import type { Line, Mirror } from '../mirror/mirror.ts';
import { backoff, type Backoff } from '../pace/backoff.ts';
import type { BulkResult, BulkScope, Refusal } from '../target/bulk-write.ts';
import type { TargetFault } from '../target/target-fault.ts';
import { Target } from '../target/target.ts';

export interface PushOptions {
  readonly source: string;
  readonly mirror: Mirror;
  /** Open when there may be something to do. */
  readonly wake: Latch.Latch;
  /** Waits while more changes may come. */
  readonly gathered: Effect.Effect<void>;
  /** What of the cluster isn't known; `undefined` while it is too early to send anything. */
  readonly unlisted: () => readonly BulkScope[] | undefined;
  /** Whether it is ours to send. */
  readonly isHeld: () => boolean;
  readonly backoff: Backoff;
  /** Milliseconds after which all is sent again, to mend what others changed in the target. */
  readonly resync: number;
  /** Milliseconds after which objects that were refused are sent again. */
  readonly retryRefused: number;
  /** @param refusals of all that was sent so far and not taken. */
  readonly onPush: (result: BulkResult, isFull: boolean, refusals: readonly Refusal[]) => void;
  readonly onFault: (fault: TargetFault) => void;
  /** The target holds all that is known. */
  readonly onSettled: () => void;
}

/** A delta of which it isn't known whether the target has taken it. */
interface Sent {
  readonly since: string;
  readonly next: string;
  readonly refs: readonly ObjectRef[];
}

/**
 * Sends what changes, as one bulk write after another. It never ends and never fails.
 *
 * Where it isn't known what the target holds (at the start, when the Lease was just got, after a failure), the target's
 * checkpoint says it: if it is that of everything known here, or the one before or after what was sent last, the changes since
 * then are enough. Else everything is sent, and the target leaves alone what it holds already.
 */
export function push(options: PushOptions): Effect.Effect<never, never, Target> {
  const { source, mirror, wake, isHeld } = options;
  /** The checkpoint that the target is at; what is marked changed since. Absent where it isn't known. */
  let base: string | undefined;
  let sent: Sent | undefined;
  /** What was unlisted at `base`. */
  let baseScopes = '';
  let resyncAt = Infinity;
  let retryAt = Infinity;
  let refusals: readonly Refusal[] = [];

  const taken = (result: BulkResult, lines: readonly Line[], isFull: boolean): void => {
    const now = performance.now();
    base = result.checkpoint;
    sent = undefined;
    const resent = new Set(lines.map(({ ref }) => JSON.stringify(ref)));
    const others = isFull ? [] : refusals.filter(({ ref }) => !resent.has(JSON.stringify(ref)));
    refusals = [...others, ...result.refused];
    if (refusals.length === 0) retryAt = Infinity;
    else if (retryAt === Infinity || retryAt <= now) retryAt = now + options.retryRefused;
    if (isFull) resyncAt = now + options.resync;
    options.onPush(result, isFull, refusals);
  };

  const sendAll = Effect.fnUntraced(function* (unlisted: readonly BulkScope[]) {
    const target = yield* Target;
    base = undefined;
    sent = undefined;
    mirror.clearMarks();
    baseScopes = scopesOf(unlisted);
    const { digest, lines } = mirror.all();
    const next = digest + baseScopes;
    taken(yield* target.write({ source, since: null, next, unlisted }, lines), lines, true);
  });

  const sendChanges = Effect.fnUntraced(function* (since: string) {
    const target = yield* Target;
    const { digest, lines } = mirror.takeChanges();
    const next = digest + baseScopes;
    base = undefined;
    sent = { since, next, refs: lines.map(({ ref }) => ref) };
    taken(yield* target.write({ source, since, next }, lines), lines, false);
  });

  /** Finds out what the target holds. */
  const resume = Effect.fnUntraced(function* (unlisted: readonly BulkScope[]) {
    const target = yield* Target;
    const checkpoint = yield* target.checkpoint;
    const isSame = scopesOf(unlisted) === baseScopes;
    if (checkpoint === mirror.digest() + scopesOf(unlisted)) {
      mirror.clearMarks();
      baseScopes = scopesOf(unlisted);
      resyncAt = Math.min(resyncAt, performance.now() + options.resync);
    } else if (!isSame || (checkpoint !== sent?.next && checkpoint !== sent?.since)) {
      return yield* sendAll(unlisted);
    } else if (checkpoint === sent?.since) {
      mirror.mark(sent.refs);
    }
    base = checkpoint ?? undefined;
    sent = undefined;
  });

  const work = Effect.gen(function* () {
    const unlisted = options.unlisted();
    if (unlisted === undefined) return;
    if (isHeld()) yield* options.gathered;
    if (!isHeld()) {
      base = undefined;
      sent = undefined;
      resyncAt = Infinity;
      retryAt = Infinity;
      mirror.clearMarks();
      return;
    }
    if (base === undefined) yield* resume(unlisted);
    if (base === undefined) return;
    const now = performance.now();
    if (now >= retryAt) mirror.mark(refusals.map(({ ref }) => ref));
    if (scopesOf(unlisted) !== baseScopes || now >= resyncAt) {
      yield* sendAll(unlisted);
    } else if (mirror.hasMarks()) {
      yield* sendChanges(base);
    }
    if (base !== undefined && !mirror.hasMarks()) options.onSettled();
  });

  const waiting = Effect.suspend(() => {
    const due = Math.min(resyncAt, retryAt) - performance.now();
    return due === Infinity
      ? wake.await
      : Effect.timeoutOption(wake.await, Math.max(0, due)).pipe(Effect.asVoid);
  });

  return waiting.pipe(
    Effect.andThen(wake.close),
    Effect.andThen(
      work.pipe(
        Effect.tapError((fault) => Effect.sync(() => options.onFault(fault))),
        Effect.retry(backoff(options.backoff, ({ retryAfter }: TargetFault) => ({ retryAfter }))),
        // It is tried for ever.
        Effect.orDie,
      ),
    ),
    Effect.forever,
  );
}

/** Part of a checkpoint: what holds for everything does not hold for a part. */
function scopesOf(unlisted: readonly BulkScope[]): string {
  return unlisted.length === 0 ? '' : `-${hash(JSON.stringify(unlisted)).toString(16)}`;
}
