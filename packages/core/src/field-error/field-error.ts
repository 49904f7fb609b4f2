/** The kinds of fault a field can have, as `k8s.io/apimachinery/pkg/util/validation/field` names them. */
export type FieldErrorType =
  | 'Duplicate'
  | 'Forbidden'
  | 'Internal'
  | 'Invalid'
  | 'NotSupported'
  | 'Required'
  | 'TooLong'
  | 'TooMany'
  | 'TypeInvalid';

/** One fault of one field, in the API server's terms. */
export interface FieldError {
  readonly type: FieldErrorType;
  /** The path as Kubernetes prints it: `spec.rules[0].host`, `metadata.labels[app]`. */
  readonly field: string;
  /** What was found; absent for `Required` and `Forbidden`. */
  readonly value?: unknown;
  /** What was expected, in Kubernetes' words. */
  readonly detail: string;
}

const HEADINGS: Readonly<Record<FieldErrorType, string>> = {
  Duplicate: 'Duplicate value',
  Forbidden: 'Forbidden',
  Internal: 'Internal error',
  Invalid: 'Invalid value',
  NotSupported: 'Unsupported value',
  Required: 'Required value',
  TooLong: 'Too long',
  TooMany: 'Too many',
  TypeInvalid: 'Invalid value',
};

const WITHOUT_VALUE: ReadonlySet<FieldErrorType> = new Set([
  'Forbidden',
  'Internal',
  'Required',
  'TooLong',
]);

/**
 * The error as the API server would print it.
 *
 * @example `spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive`
 */
export function formatFieldError(error: FieldError): string {
  const heading = HEADINGS[error.type];
  const value = WITHOUT_VALUE.has(error.type) ? '' : `: ${JSON.stringify(error.value ?? null)}`;
  const detail = error.detail === '' ? '' : `: ${error.detail}`;
  return `${error.field}: ${heading}${value}${detail}`;
}
