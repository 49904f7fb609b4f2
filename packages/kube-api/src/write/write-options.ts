import type { FieldError } from '@portolan/core';

import { invalidOptions } from '../status/faults.ts';

/** What is done about fields that an object's kind doesn't have. Kubernetes API concepts, Validation for unrecognized or duplicate fields. */
export type FieldValidation = 'Ignore' | 'Strict' | 'Warn';

/** What a write's query says. Kubernetes API reference, Common parameters. */
export interface WriteOptions {
  readonly dryRun: boolean;
  /** From the query, or else what the client calls itself. */
  readonly fieldManager: string;
  /** Whether it was in the query. */
  readonly isNamed: boolean;
  readonly fieldValidation: FieldValidation;
  readonly force?: boolean;
}

const FIELD_VALIDATIONS: readonly FieldValidation[] = ['Ignore', 'Warn', 'Strict'];
const FIELD_MANAGER_MAX_LENGTH = 128;

/**
 * @param kind `CreateOptions`, `UpdateOptions`, `PatchOptions`
 * @throws {StatusError} 422
 */
export function writeOptions(request: Request, { searchParams }: URL, kind: string): WriteOptions {
  const errors: FieldError[] = [...dryRunErrors(searchParams.getAll('dryRun'))];
  const asked = searchParams.get('fieldValidation') || 'Warn';
  const fieldValidation = FIELD_VALIDATIONS.find((each) => each === asked);
  if (fieldValidation === undefined) {
    const detail = 'supported values: "Ignore", "Warn", "Strict"';
    errors.push({ type: 'NotSupported', field: 'fieldValidation', value: asked, detail });
  }
  const manager = searchParams.get('fieldManager') ?? '';
  if (manager.length > FIELD_MANAGER_MAX_LENGTH) {
    const detail = `may not be more than ${FIELD_MANAGER_MAX_LENGTH} bytes`;
    errors.push({ type: 'TooLong', field: 'fieldManager', value: manager, detail });
  } else if (/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(manager)) {
    const detail = 'should only contain printable characters';
    errors.push({ type: 'Invalid', field: 'fieldManager', value: manager, detail });
  }
  if (errors.length > 0) throw invalidOptions(kind, errors);
  const force = searchParams.get('force');
  return {
    dryRun: searchParams.has('dryRun'),
    fieldManager: manager || userAgentName(request),
    isNamed: manager !== '',
    fieldValidation: fieldValidation ?? 'Warn',
    ...(force !== null && { force: isTrue(force) }),
  };
}

/** The faults of `dryRun`, from a query or DeleteOptions. */
export function dryRunErrors(values: readonly string[]): readonly FieldError[] {
  return values
    .filter((value) => value !== 'All')
    .map((value) => ({
      type: 'NotSupported',
      field: 'dryRun',
      value,
      detail: 'supported values: "All"',
    }));
}

/** A truth value of a query: there without a value, it is true. */
export function isTrue(value: string | null): boolean {
  return value !== null && !['0', 'false'].includes(value.toLowerCase());
}

function userAgentName(request: Request): string {
  const [name = ''] = (request.headers.get('user-agent') ?? '').split('/');
  return name.slice(0, FIELD_MANAGER_MAX_LENGTH) || 'unknown';
}
