import * as Clock from 'effect/Clock';
import * as Effect from 'effect/Effect';
import * as Random from 'effect/Random';
import * as Schedule from 'effect/Schedule';
import * as Stream from 'effect/Stream';

import { ClusterFault, isGone, isRefused } from '../cluster/cluster-fault.ts';
import { Cluster } from '../cluster/cluster.ts';
import { acceptOf, pathOf, selectorOf, type Followed } from '../followed/followed.ts';
import { backoff } from '../pace/backoff.ts';
import { keyOf, type ClusterObject } from '../watch/cluster-object.ts';
import { watchEvents, type WatchEvent } from '../watch/watch.ts';
import { list } from './list.ts';
import type { Observer } from './observer.ts';
import type { Timing } from './timing.ts';

/** Milliseconds. A watch that ends sooner, without a word, is one that failed. */
const SHORTEST_WATCH = 1000;

/** So many failures one after the other, and a watch is begun anew with a list: its position may be no good. */
const FAILURES = 3;

/** What a server answers that doesn't know streaming lists. */
const UNKNOWN_OPTIONS: ReadonlySet<number | undefined> = new Set([400, 405, 422, 501]);

/**
 * Follows one resource: lists it, then watches it from there, and lists again where there is no going on. It never ends and
 * never fails; what goes wrong is told, and tried again with growing delays that a watch which said something sets back.
 *
 * Lists are streamed where the server can do that, else asked for. Kubernetes API concepts, Streaming lists.
 */
export function reflect(
  followed: Followed,
  observer: Observer,
  timing: Timing,
): Effect.Effect<never, never, Cluster> {
  /** From where a watch can go on. */
  let position: string | undefined;
  let knowsStreamingLists = true;
  /** Whether the last streaming list came to nothing, so that the next list is a plain one. */
  let hasBrokenOff = false;
  /** Whether the present watch has said anything new. */
  let hasProgressed = false;
  /** Failures since a watch said anything new. */
  let failures = 0;

  const events = (
    start: Readonly<Record<string, string>>,
  ): Stream.Stream<WatchEvent, ClusterFault, Cluster> =>
    Stream.unwrap(
      Effect.gen(function* () {
        const cluster = yield* Cluster;
        const timeoutSeconds = yield* Random.nextIntBetween(...timing.watchSeconds);
        const body = yield* cluster.get({
          path: pathOf(followed),
          query: {
            ...selectorOf(followed),
            watch: '1',
            allowWatchBookmarks: 'true',
            timeoutSeconds: String(timeoutSeconds),
            ...start,
          },
          accept: acceptOf(followed, 'watch'),
        });
        if (position !== undefined) observer.watching();
        return watchEvents(body, timing.silence);
      }),
    );

  const take = (event: WatchEvent): void => {
    if (event.type === 'DELETED') observer.remove(event.object);
    else if (event.type !== 'BOOKMARK') observer.put(event.object);
    position = event.resourceVersion;
    hasProgressed = true;
  };

  const begin = (objects: Iterable<ClusterObject>, resourceVersion: string): void => {
    observer.replace(objects);
    position = resourceVersion;
    hasBrokenOff = false;
  };

  const streamingList = Effect.suspend(() => {
    const initial = new Map<string, ClusterObject>();
    const gather = (event: WatchEvent): Effect.Effect<void, ClusterFault> => {
      if (event.type === 'BOOKMARK') {
        if (!event.endsInitialEvents) {
          return Effect.fail(new ClusterFault('lists are not streamed', { code: 501 }));
        }
        begin(initial.values(), event.resourceVersion);
        observer.watching();
      } else if (event.type === 'DELETED') {
        initial.delete(keyOf(event.object));
      } else {
        initial.set(keyOf(event.object), event.object);
      }
      return Effect.void;
    };
    return events({ sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }).pipe(
      Stream.runForEach((event) =>
        position === undefined ? gather(event) : Effect.sync(() => take(event)),
      ),
      Effect.andThen(
        Effect.suspend(() =>
          position === undefined
            ? Effect.fail(new ClusterFault('the list ended before its end'))
            : Effect.void,
        ),
      ),
    );
  });

  const listAndWatch = Effect.gen(function* () {
    if (position === undefined) {
      const { objects, resourceVersion } = yield* list(followed, timing);
      begin(objects, resourceVersion);
    }
    yield* Stream.runForEach(events({ resourceVersion: position ?? '' }), (event) =>
      Effect.sync(() => take(event)),
    );
  });

  const cycle = Effect.gen(function* () {
    hasProgressed = false;
    const begun = yield* Clock.currentTimeMillis;
    if (position === undefined && knowsStreamingLists && !hasBrokenOff) {
      yield* streamingList.pipe(
        Effect.catch((fault) => {
          const isUnknown = position === undefined && UNKNOWN_OPTIONS.has(fault.code);
          knowsStreamingLists = !isUnknown;
          hasBrokenOff = position === undefined;
          return isUnknown ? listAndWatch : Effect.fail(fault);
        }),
      );
    } else {
      yield* listAndWatch;
    }
    const ended = yield* Clock.currentTimeMillis;
    if (!hasProgressed && ended - begun < SHORTEST_WATCH) {
      yield* Effect.fail(new ClusterFault('the watch ended at once'));
    }
  }).pipe(
    Effect.catch((fault) => {
      failures = hasProgressed ? 0 : failures + 1;
      const isStuck = failures > 0 && failures % FAILURES === 0;
      if (isGone(fault) || fault.isUnreadable === true || isStuck) position = undefined;
      observer.fail(fault);
      return hasProgressed ? Effect.void : Effect.fail(fault);
    }),
  );

  return cycle.pipe(
    Effect.retry(
      backoff(timing.backoff, (fault: ClusterFault) => ({
        isLasting: isRefused(fault),
        retryAfter: fault.retryAfter,
      })),
    ),
    // It is tried for ever.
    Effect.orDie,
    Effect.repeat(Schedule.jittered(Schedule.spaced(timing.pause))),
    Effect.andThen(Effect.never),
  );
}
