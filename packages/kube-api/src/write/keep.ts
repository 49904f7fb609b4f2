import type { NewObject, StoredObject } from '@portolan/store';

import { registrationFault } from '../access/registration.ts';
import type { Admitted } from '../admission/admission.ts';
import type { Call, Surroundings } from '../api/call.ts';
import { listAt } from '../content/json-object.ts';
import { updateManagedFields } from '../patch/managed-fields/update-managed-fields.ts';
import type { DraftObject } from '../patch/patch.ts';
import { badRequest, forbidden, invalid, quote } from '../status/faults.ts';
import { commit } from './commit.ts';
import { withDefaults } from './defaults.ts';
import { validateFields } from './field-validation.ts';
import { filledIn, withGeneration } from './filled-in.ts';
import { namespaceWrites } from './namespace.ts';
import type { WriteOptions } from './write-options.ts';

/** A write, all but kept. */
export interface Intent {
  readonly draft: DraftObject;
  /** As it is; absent where it is created. */
  readonly previous?: StoredObject;
  /** Fields that the client gave more than once. */
  readonly duplicates?: readonly string[];
  readonly options: WriteOptions;
  /** It came of an apply, and its managed fields are complete. */
  readonly applied?: boolean;
  /** How strict decoding's refusal is worded: by default as for an object. */
  readonly strictFault?: (faults: string) => Error;
}

/** What was kept, or would have been. */
export interface Outcome {
  readonly object: NewObject;
  /** What the client is warned of. */
  readonly warnings: readonly string[];
}

/**
 * Fills in, admits and commits one object, with nothing in between.
 *
 * @throws {StatusError}
 */
export function keep(call: Call, surroundings: Surroundings, intent: Intent): Outcome {
  const { type, subresource, identity } = call;
  const { admission, store, now } = surroundings;
  const { draft, previous, duplicates = [], options, strictFault } = intent;
  const object = withDefaults(filledIn(call, draft, previous, now()), type);
  const { name } = object.metadata;
  checkFinalizers(call, object, previous);
  const admitted = admission.admit({
    type,
    object,
    ...(previous && { previous }),
    ...(subresource !== undefined && { subresource }),
  });
  if (!('object' in admitted)) throw refusal(call, name, admitted);
  const warnings = validateFields(type, options.fieldValidation, {
    duplicates,
    admitted,
    ...(strictFault && { strictFault }),
  });
  const fault = registrationFault(identity, admitted.object, store);
  if (fault !== undefined) throw forbidden(type, name, fault);
  const counted = withGeneration(admitted.object, previous);
  const after = intent.applied ? counted : withManagedFields(call, surroundings, intent, counted);
  return { object: commitObject(call, surroundings, intent, after), warnings };
}

function withManagedFields(
  { type, subresource }: Call,
  { now }: Surroundings,
  { previous, options }: Intent,
  object: NewObject,
): NewObject {
  const managedFields = updateManagedFields({
    type,
    before: previous,
    after: object,
    manager: options.fieldManager,
    ...(subresource !== undefined && { subresource }),
    now: now(),
  });
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

function commitObject(
  call: Call,
  surroundings: Surroundings,
  { previous, options: { dryRun } }: Intent,
  object: NewObject,
): NewObject {
  const { name, namespace = '' } = object.metadata;
  if (previous === undefined) {
    const writes = [
      ...namespaceWrites(call, surroundings, object),
      { put: object, expected: 'absent' } as const,
    ];
    return commit(call, surroundings, writes, dryRun, object);
  }
  if (isGone(object)) {
    const ref = { resource: call.type.id, namespace, name };
    return commit(call, surroundings, [{ delete: ref }], dryRun, object, previous);
  }
  const write = { put: object, expected: Number(previous.metadata.resourceVersion) };
  return commit(call, surroundings, [write], dryRun, object, previous);
}

/** Kubernetes, Finalizers: what is being deleted gets no new ones. */
function checkFinalizers({ type }: Call, object: NewObject, previous?: StoredObject): void {
  if (previous?.metadata.deletionTimestamp === undefined) return;
  const before: readonly unknown[] = previous.metadata.finalizers ?? [];
  const added = listAt(object.metadata, 'finalizers').filter((each) => !before.includes(each));
  if (added.length === 0) return;
  const names = added.map((each) => quote(String(each))).join(', ');
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${names}}`;
  const error = { type: 'Forbidden', field: 'metadata.finalizers', detail } as const;
  throw invalid(type, object.metadata.name, [error]);
}

/** Whether nothing holds an object any more whose deletion was asked for. Namespaces wait for what is in them. */
function isGone({ kind, metadata }: NewObject): boolean {
  if (metadata.deletionTimestamp === undefined || kind === 'Namespace') return false;
  return (
    (metadata.finalizers ?? []).length === 0 && (metadata.deletionGracePeriodSeconds ?? 0) === 0
  );
}

function refusal(
  { type }: Call,
  name: string,
  admitted: Exclude<Admitted, { readonly object: NewObject }>,
): Error {
  if ('malformed' in admitted) return badRequest(admitted.malformed);
  if ('forbidden' in admitted) return forbidden(type, name, admitted.forbidden);
  return invalid(type, name, admitted.invalid);
}
