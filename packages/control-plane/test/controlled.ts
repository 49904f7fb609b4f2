import { openStore, type Store } from '@portolan/store';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import * as ManagedRuntime from 'effect/ManagedRuntime';
import * as TestClock from 'effect/testing/TestClock';

import type { Controller } from '../src/controllers/controller/controller.ts';
import { controllersLayer } from '../src/controllers/controllers-layer.ts';
import { Settlement, settlementLayer } from '../src/settlement/settlement.ts';
import { ControlPlaneStore } from '../src/store/control-plane-store.ts';
import { Warnings } from '../src/warnings/warnings.ts';

/** What a test has of a layer that runs over a store. */
export interface Running {
  readonly store: Store;
  /** Resolves when all that there is to do has been done. */
  readonly settled: () => Promise<void>;
  /** Lets so many milliseconds pass, from the beginning of 1970 on. */
  readonly adjust: (milliseconds: number) => Promise<void>;
  readonly warnings: readonly string[];
  readonly close: () => Promise<void>;
}

/** Runs a layer over a store, by a clock that stands still. */
export function running<Service>(
  layer: Layer.Layer<Service, never, Settlement | Store>,
  store: Store,
): Running & { readonly run: <Result>(effect: Effect.Effect<Result, never, Service>) => Result } {
  const warnings: string[] = [];
  const runtime = ManagedRuntime.make(
    layer.pipe(
      Layer.provideMerge(settlementLayer),
      Layer.provide(Layer.succeed(ControlPlaneStore, store)),
      Layer.provide(Layer.succeed(Warnings, (message) => warnings.push(message))),
      Layer.provideMerge(TestClock.layer()),
    ),
  );
  runtime.runSync(Effect.void);
  return {
    store,
    warnings,
    run: runtime.runSync,
    settled: () => runtime.runPromise(Settlement.use(({ settled }) => settled)),
    adjust: (milliseconds) => runtime.runPromise(TestClock.adjust(milliseconds)),
    close: () => runtime.dispose(),
  };
}

/** Runs controllers over a store, an empty one by default. */
export function controlled(
  controllers: (store: Store) => readonly Controller[],
  store: Store = openStore(),
): Running {
  return running(controllersLayer(controllers), store);
}
