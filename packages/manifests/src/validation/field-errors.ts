import type { FieldError } from '@portolan/core';

/** A fault that validation finds. */
export interface Fault extends FieldError {
  /** The API server refuses the object for it, and we take it, with a warning that says why: the reason. */
  readonly tolerated?: string;
}

/** The faults that validation finds, in the API server's order. */
export type FieldErrors = Generator<Fault, void, undefined>;

// As the constructors of k8s.io/apimachinery/pkg/util/validation/field.

export function required(field: string, detail = ''): FieldError {
  return { type: 'Required', field, detail };
}

export function invalid(field: string, value: unknown, detail: string): FieldError {
  return { type: 'Invalid', field, value: value ?? null, detail };
}

export function forbidden(field: string, detail: string): FieldError {
  return { type: 'Forbidden', field, detail };
}

export function duplicate(field: string, value: unknown): FieldError {
  return { type: 'Duplicate', field, value, detail: '' };
}

export function notSupported(
  field: string,
  value: unknown,
  supported: readonly string[],
): FieldError {
  const values = supported.map((one) => JSON.stringify(one)).join(', ');
  return { type: 'NotSupported', field, value, detail: `supported values: ${values}` };
}

/** @param maximum in bytes */
export function tooLong(field: string, maximum: number): FieldError {
  return { type: 'TooLong', field, detail: `may not be more than ${maximum} bytes` };
}

export function tooMany(field: string, actual: number, maximum: number): FieldError {
  return { type: 'TooMany', field, value: actual, detail: `must have at most ${maximum} items` };
}

/** One fault for each of the messages about `value`. */
export function* invalidEach(
  field: string,
  value: unknown,
  messages: readonly string[],
): FieldErrors {
  for (const message of messages) yield invalid(field, value, message);
}
