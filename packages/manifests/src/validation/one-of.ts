import { notSupported, type FieldErrors } from './field-errors.ts';

export function* validateOneOf(
  value: string,
  supported: readonly string[],
  field: string,
): FieldErrors {
  if (!supported.includes(value)) yield notSupported(field, value, supported);
}
