import type { PatchFailure } from '../patch/failure/failure.ts';
import { notFound, type Subject } from '../status/faults.ts';
import { StatusError } from '../status/status.ts';

/** Why a patch was not carried out. Only of what is not there the details name the object, as the API server has it. */
export function patchFault(
  type: Subject,
  name: string,
  { code, reason, message, causes, about }: PatchFailure,
): StatusError {
  if (reason === 'NotFound') return notFound(type, name);
  return new StatusError(code, reason, message, {
    details: { ...about, ...(causes && { causes }) },
  });
}
