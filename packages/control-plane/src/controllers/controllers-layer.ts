import type { Store } from '@portolan/store';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';

import type { Settlement } from '../settlement/settlement.ts';
import { ControlPlaneStore } from '../store/control-plane-store.ts';
import { runController, type Controller } from './controller/controller.ts';

/** Runs controllers, each by itself, for as long as the layer's scope. */
export function controllersLayer(
  controllers: (store: Store) => readonly Controller[],
): Layer.Layer<never, never, Settlement | Store> {
  return Layer.effectDiscard(
    Effect.flatMap(ControlPlaneStore, (store) =>
      Effect.forEach(controllers(store), runController, { discard: true }),
    ),
  );
}
