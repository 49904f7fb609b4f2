import type { ResourceType } from '@portolan/store';

import type { Admitted } from '../admission/admission.ts';
import { badRequest, quote } from '../status/faults.ts';
import type { FieldValidation } from './write-options.ts';

/** What strict decoding finds. */
export interface StrictFaults {
  /** Fields that were given more than once. */
  readonly duplicates: readonly string[];
  readonly admitted: Extract<Admitted, { readonly object: unknown }>;
  /** How the refusal is worded: by default as for an object. */
  readonly strictFault?: (faults: string) => Error;
}

/**
 * What the client is warned of.
 *
 * Source: Kubernetes API concepts, Validation for unrecognized or duplicate fields.
 *
 * @throws {StatusError} where faults are not to be let pass.
 */
export function validateFields(
  { kind, version }: Pick<ResourceType, 'kind' | 'version'>,
  fieldValidation: FieldValidation,
  { duplicates, admitted, strictFault }: StrictFaults,
): readonly string[] {
  const { unknownFields = [], warnings = [] } = admitted;
  if (fieldValidation === 'Ignore') return warnings;
  const isTwice = new Set(duplicates);
  const faults = [
    ...duplicates.map((field) => `duplicate field ${quote(field)}`),
    ...unknownFields
      .filter((field) => !isTwice.has(field))
      .map((field) => `unknown field ${quote(field)}`),
  ];
  if (fieldValidation === 'Warn' || faults.length === 0) return [...faults, ...warnings];
  const texts = `strict decoding error: ${faults.join(', ')}`;
  throw (
    strictFault?.(texts) ??
    badRequest(`${kind} in version ${quote(version)} cannot be handled as a ${kind}: ${texts}`)
  );
}
