import { validateDNS1123Label } from '@portolan/core';
import type { NewObject, Write } from '@portolan/store';

import { timestamp, type Call, type Surroundings } from '../api/call.ts';
import { missingNamespaces } from '../bulk/missing-namespaces.ts';
import { forbidden, invalid } from '../status/faults.ts';

/**
 * The writes that go before an object's creation: its Namespace's, where there is none yet, as the admission plugin
 * NamespaceAutoProvision makes it.
 *
 * @throws {StatusError} where the Namespace can't be, or is being deleted.
 */
export function namespaceWrites(
  { type, namespace }: Call,
  { store, now }: Surroundings,
  object: NewObject,
): readonly Write[] {
  if (!type.namespaced) return [];
  const { name } = object.metadata;
  const found = store.get({ resource: 'namespaces', namespace: '', name: namespace });
  if (found?.metadata.deletionTimestamp !== undefined) {
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    throw forbidden(type, name, why);
  }
  const errors = validateDNS1123Label(namespace).map(
    (detail) =>
      ({ type: 'Invalid', field: 'metadata.namespace', value: namespace, detail }) as const,
  );
  if (errors.length > 0) throw invalid(type, name, errors);
  return missingNamespaces(store, [object], timestamp(now())).map((put) => ({ put }));
}
