import { defaultServiceTypes } from '@portolan/compile';
import {
  createServiceAdmission,
  createServiceTypeRegistry,
  isFromSource,
  objectKey,
  type Resource,
  type Service,
  type ServiceAdmission,
  type ServiceType,
} from '@portolan/core';
import type { Admission, Admitted, Attempt } from '@portolan/kube-api';
import { readResource } from '@portolan/manifests';
import { readSettings } from '@portolan/settings';
import {
  apiVersionOf,
  type Change,
  type NewObject,
  type Store,
  type StoredObject,
} from '@portolan/store';

import { isStored } from '../store/stored-resource.ts';
import { keptStatus } from './kept-status.ts';
import { withoutStringData } from './string-data.ts';
import { updateFaults } from './update-faults.ts';

export interface AdmissionOptions {
  readonly store: Store;
  /** The four of Kubernetes by default. */
  readonly serviceTypes?: readonly ServiceType[];
}

/** Admission that follows a store for as long as it isn't closed. */
export interface StoreAdmission extends Admission {
  readonly close: () => void;
}

/**
 * Admits objects as the API server does: decoding by kind, validation, what an update may not change, and for Services
 * defaults and allocation.
 *
 * What a Service is given follows from what the store holds and from the attempt alone. It is held as soon as the Service is
 * in the store, and given free when it is deleted, whoever commits it: a dry run or a commit that fails takes nothing away.
 *
 * @throws {Error} for Service types that don't go together.
 */
export function createAdmission({
  store,
  serviceTypes = defaultServiceTypes(),
}: AdmissionOptions): StoreAdmission {
  const services = createServiceAdmission(createServiceTypeRegistry(serviceTypes));
  for (const service of store.list(SERVICES)) {
    if (isStored(service, 'Service')) services.hold(service);
  }
  const close = store.subscribe((changes) => {
    for (const change of changes) follow(services, change);
  });
  return { admit: (attempt) => admit(attempt, services), close };
}

const SERVICES = 'services';

function follow(services: ServiceAdmission, { type, ref, object }: Change): void {
  if (ref.resource !== SERVICES || !isStored(object, 'Service')) return;
  if (type === 'DELETED') services.release(objectKey(object));
  else services.hold(object);
}

function admit(attempt: Attempt, services: ServiceAdmission): Admitted {
  const { type, object, previous } = attempt;
  const { resource, unknownFields, errors, warnings, malformed } = readResource({
    ...object,
    ...keptStatus(attempt),
    apiVersion: apiVersionOf(type),
    kind: type.kind,
  });
  if (malformed !== undefined) return { malformed };
  if (resource === undefined) return { invalid: errors };
  // What a cluster may change of its own objects is that cluster's business.
  const faults = previous && !isFromSource(resource) ? updateFaults(resource, previous) : [];
  const judged =
    resource.kind === 'Service' ? services.admit(resource, serviceOf(previous)) : undefined;
  const invalid = [...faults, ...(judged && 'errors' in judged ? judged.errors : [])];
  if (invalid.length > 0) return { invalid };
  const faulty = readSettings(resource).faults.map(({ field, message }) => `${field}: ${message}`);
  const all = [...warnings, ...faulty];
  return {
    object: newObject(judged && 'service' in judged ? judged.service : resource, object),
    ...(unknownFields.length > 0 && { unknownFields }),
    ...(all.length > 0 && { warnings: all }),
  };
}

function serviceOf(object: StoredObject | undefined): Service | undefined {
  return isStored(object, 'Service') ? object : undefined;
}

/** As it is to be kept. What the API fills in stands in what was read, too. */
function newObject(
  resource: Resource,
  { metadata: { uid, creationTimestamp } }: NewObject,
): NewObject {
  const kept = resource.kind === 'Secret' ? withoutStringData(resource) : resource;
  return { ...kept, metadata: { ...kept.metadata, uid, creationTimestamp } };
}
