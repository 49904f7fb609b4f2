import { duplicateFields } from '@portolan/manifests';
import type { ResourceType } from '@portolan/store';

import { authorizeObject } from '../access/authorize.ts';
import { wishOf, type Call, type Surroundings } from '../api/call.ts';
import { readBody, textOf } from '../content/read-body.ts';
import { applyPatch } from '../patch/patch.ts';
import { StatusError } from '../status/status.ts';
import { checkName, checkVersion, draftOf } from './draft.ts';
import { keep } from './keep.ts';
import { patchFault } from './patch-fault.ts';
import type { Updated } from './update.ts';
import { writeOptions } from './write-options.ts';

/** Patches an object, or its status; an apply creates it where there is none. */
export async function patch(call: Call, surroundings: Surroundings): Promise<Updated> {
  const { request, url, type, namespace, name = '', subresource } = call;
  const { store, now, maxBody } = surroundings;
  const options = writeOptions(request, url, 'PatchOptions');
  const body = textOf(await readBody(request, maxBody));
  const ref = { resource: type.id, namespace, name };
  const previous = store.get(ref);
  authorizeObject(call.identity, wishOf(call), previous);
  const patched = applyPatch({
    type,
    ref,
    contentType: request.headers.get('content-type') ?? '',
    body,
    current: previous,
    ...(options.isNamed && { fieldManager: options.fieldManager }),
    ...(options.force !== undefined && { force: options.force }),
    ...(subresource !== undefined && { subresource }),
    now: now(),
  });
  if ('failure' in patched) throw patchFault(type, name, patched.failure);
  const draft = draftOf(call, patched.object);
  checkName(call, draft);
  if (previous !== undefined) checkVersion(call, draft, previous);
  const { applied } = patched;
  const outcome = keep(call, surroundings, {
    draft,
    duplicates: duplicateFields(body),
    options,
    applied,
    ...(previous && { previous }),
    ...(!applied && { strictFault: (faults: string) => strictFault(type, body, faults) }),
  });
  return { ...outcome, isNew: previous === undefined };
}

/** As the API server refuses patches whose outcome has fields that the kind doesn't have. */
function strictFault(
  { kind }: Pick<ResourceType, 'kind'>,
  body: string,
  faults: string,
): StatusError {
  const value = kind === 'Secret' ? '<secret contents redacted>' : body.slice(0, 1000);
  const message = `Invalid value: ${JSON.stringify(value)}: ${faults}`;
  return new StatusError(422, 'Invalid', ` "" is invalid: patch: ${message}`, {
    details: { causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }] },
  });
}
