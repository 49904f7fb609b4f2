import type { Condition } from '@portolan/core';
import type { Engine, Snapshot } from '@portolan/engine';
import type { Change, Store } from '@portolan/store';
import * as Clock from 'effect/Clock';
import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import * as Queue from 'effect/Queue';
import * as Stream from 'effect/Stream';

import type { SnapshotFeed } from '../feed/snapshot-feed.ts';
import type { Settlement } from '../settlement/settlement.ts';
import { ControlPlaneStore } from '../store/control-plane-store.ts';
import { keyOfRef, refOfKey } from '../store/object-key.ts';
import { Warnings } from '../warnings/warnings.ts';
import { runWorkQueue } from '../work-queue/work-queue.ts';
import { holdOff, type Holdoff } from './holdoff.ts';
import { createRecentSnapshots } from './recent-snapshots.ts';
import { concernsRouting, routedResources, routingChange } from './routing-change.ts';
import { createSturdyBuild } from './sturdy-build.ts';

/** Makes Snapshots of what the store holds. */
export interface Publisher extends SnapshotFeed {
  /** What is to be said of the objects of the Snapshot. It costs as much as there are objects. */
  readonly conditions: () => readonly Condition[];
  /** The Snapshot that there is, and then each new one. Who is slow misses those in between. */
  readonly snapshots: Stream.Stream<Snapshot>;
}

export const Publisher: Context.Service<Publisher, Publisher> = Context.Service(
  '@portolan/control-plane/Publisher',
);

export interface PublisherOptions {
  readonly engine: Engine;
  readonly holdoff?: Holdoff;
  /** For how many Snapshots `since` knows what has changed; 100 by default. */
  readonly history?: number;
}

/** The first Snapshot is there at once. */
export function publisherLayer(
  options: PublisherOptions,
): Layer.Layer<Publisher, never, Settlement | Store> {
  return Layer.effect(Publisher, createPublisher(options));
}

const createPublisher = Effect.fnUntraced(function* ({
  engine,
  holdoff = {},
  history = 100,
}: PublisherOptions) {
  const store = yield* ControlPlaneStore;
  const warn = yield* Warnings;
  const clock = yield* Clock.Clock;
  const build = createSturdyBuild({
    engine,
    resources: () => routedResources(store),
    warn: (message) => warn(`publisher: ${message}`),
  });
  const recent = createRecentSnapshots(build.snapshot(), history);
  const listeners = new Set<(snapshot: Snapshot) => void>();
  const millis = (): number => Number(clock.monotonicTimeNanosUnsafe()) / 1e6;
  let lastChange = millis();

  const publish = (snapshot: Snapshot): void => {
    if (snapshot.version === recent.latest().version) return;
    recent.add(snapshot);
    for (const listener of listeners) {
      try {
        listener(snapshot);
      } catch (cause) {
        warn(`publisher: a listener threw ${String(cause)}`);
      }
    }
  };
  const subscribe: SnapshotFeed['subscribe'] = (listener) => {
    // Whoever listens twice is told twice.
    const own = (snapshot: Snapshot): void => listener(snapshot);
    listeners.add(own);
    return () => listeners.delete(own);
  };

  yield* runWorkQueue({
    concerns: (change: Change) => {
      if (!concernsRouting(change)) return [];
      lastChange = millis();
      return [keyOfRef(change.ref)];
    },
    gather: holdOff(holdoff, () => lastChange),
    work: (keys) =>
      Effect.sync(() =>
        publish(build.apply([...keys].map((key) => routingChange(store, refOfKey(key))))),
      ),
  });

  return Publisher.of({
    snapshot: recent.latest,
    conditions: build.conditions,
    since: recent.since,
    subscribe,
    snapshots: Stream.callback<Snapshot>(
      (queue) =>
        Effect.acquireRelease(
          Effect.sync(() => {
            Queue.offerUnsafe(queue, recent.latest());
            return subscribe((snapshot) => Queue.offerUnsafe(queue, snapshot));
          }),
          (unsubscribe) => Effect.sync(unsubscribe),
        ),
      { bufferSize: 1, strategy: 'sliding' },
    ),
  });
});
