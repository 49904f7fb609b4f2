import type { Store } from '@portolan/store';
import * as Context from 'effect/Context';

/** The store whose objects a control plane is about. */
export const ControlPlaneStore: Context.Service<Store, Store> = Context.Service(
  '@portolan/control-plane/ControlPlaneStore',
);
