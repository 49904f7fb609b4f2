import {
  ENDPOINT_SLICE_CONTROLLER,
  isFromSource,
  MANAGED_BY_LABEL,
  SERVICE_NAME_LABEL,
} from '@portolan/core';
import type { StoredObject } from '@portolan/store';

import { isStored, type Stored } from '../../store/stored-resource.ts';

/** The Service that a slice was derived for here; `undefined` for slices of other managers, and other objects. */
export function derivedFor(object: StoredObject | undefined): string | undefined {
  if (!isDerived(object)) return undefined;
  return object.metadata.labels?.[SERVICE_NAME_LABEL];
}

/**
 * Whether an object is a slice that was derived here: it says so, and a Service owns it. One that was brought along from a
 * cluster, where it was derived, has no owner here.
 */
export function isDerived(object: StoredObject | undefined): object is Stored<'EndpointSlice'> {
  return (
    isStored(object, 'EndpointSlice') &&
    !isFromSource(object) &&
    object.metadata.labels?.[MANAGED_BY_LABEL] === ENDPOINT_SLICE_CONTROLLER &&
    (object.metadata.ownerReferences ?? []).some(
      ({ kind, controller }) => kind === 'Service' && controller === true,
    )
  );
}
