import { validatePortName } from '@portolan/core';

import { invalid, invalidEach, type FieldErrors } from './field-errors.ts';
import { validateOneOf } from './one-of.ts';

export function* validatePortNumber(value: number, field: string): FieldErrors {
  if (value < 1 || value > 65535) {
    yield invalid(field, value, 'must be between 1 and 65535, inclusive');
  }
}

export function* validatePortNumberOrName(value: number | string, field: string): FieldErrors {
  if (typeof value === 'number') {
    yield* validatePortNumber(value, field);
  } else {
    yield* invalidEach(field, value, validatePortName(value));
  }
}

export function* validateProtocol(value: string, field: string): FieldErrors {
  yield* validateOneOf(value, ['SCTP', 'TCP', 'UDP'], field);
}
