import { validateDNS1123Label } from '@portolan/core';
import type { Namespace } from '@portolan/core';

import type { Draft } from './draft.ts';
import type { FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';

/** Source: Kubernetes API reference, Namespace v1 core. */
export function validateNamespace({ metadata = {} }: Draft<Namespace>): FieldErrors {
  return validateMetadata(metadata, validateDNS1123Label);
}
