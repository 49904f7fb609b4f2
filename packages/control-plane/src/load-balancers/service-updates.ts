import { isFromSource, type Service } from '@portolan/core';
import type { Store, StoredMetadata } from '@portolan/store';
import * as Effect from 'effect/Effect';

import { revisionOf } from '../store/expected.ts';
import { refOfKey } from '../store/object-key.ts';
import { isStored, type Stored } from '../store/stored-resource.ts';
import { UNFINISHED, type Unfinished } from './turns.ts';

/** What a controller of load balancers writes into Services. */
interface ServiceUpdate {
  readonly status?: NonNullable<Service['status']>;
  readonly finalizers?: NonNullable<StoredMetadata['finalizers']>;
}

/** Services in a store, and how they are written. */
export interface ServiceUpdates {
  readonly at: (key: string) => Stored<'Service'> | undefined;
  /**
   * Writes what is to be changed of a Service as it is now; says whether that changed anything. Nothing comes between what is read
   * and what is written.
   */
  readonly update: (
    key: string,
    change: (service: Stored<'Service'>) => ServiceUpdate | undefined,
  ) => Effect.Effect<boolean, Unfinished>;
  /** Whether what changes in the store at this moment is written here. */
  readonly isWriting: () => boolean;
  /** How often something was written. */
  readonly writes: () => number;
}

export function serviceUpdates(store: Store, warn: (message: string) => void): ServiceUpdates {
  let writes = 0;
  let isWriting = false;

  const at: ServiceUpdates['at'] = (key) => {
    const object = store.get(refOfKey(key));
    return isStored(object, 'Service') ? object : undefined;
  };
  const write = (service: Stored<'Service'>, update: ServiceUpdate): boolean => {
    const { finalizers: before, ...metadata } = service.metadata;
    const { finalizers = before ?? [], status = service.status } = update;
    const put = {
      ...service,
      metadata: { ...metadata, ...(finalizers.length > 0 && { finalizers }) },
      ...(status && { status }),
    };
    isWriting = true;
    try {
      const isChanged = store.commit([{ put, expected: revisionOf(service) }]).length > 0;
      if (isChanged) writes += 1;
      return isChanged;
    } finally {
      isWriting = false;
    }
  };
  return {
    at,
    isWriting: () => isWriting,
    writes: () => writes,
    update: (key, change) =>
      Effect.try({
        try: () => {
          const service = at(key);
          const update = service && !isFromSource(service) ? change(service) : undefined;
          return service !== undefined && update !== undefined && write(service, update);
        },
        catch: (cause) => {
          warn(`load balancer of ${key}: ${String(cause)}`);
          return UNFINISHED;
        },
      }),
  };
}
