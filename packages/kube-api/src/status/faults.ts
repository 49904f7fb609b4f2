import { formatFieldError, type FieldError, type FieldErrorType } from '@portolan/core';
import type { ResourceType } from '@portolan/store';

import { StatusError, type StatusCause, type StatusDetails } from './status.ts';

/** Which object a fault is about. */
export type Subject = Pick<ResourceType, 'group' | 'id' | 'plural'>;

function detailsOf({ group, plural }: Subject, name: string): StatusDetails {
  return { ...(name !== '' && { name }), ...(group !== '' && { group }), kind: plural };
}

export function notFound(type: Subject, name: string): StatusError {
  const details = detailsOf(type, name);
  return new StatusError(404, 'NotFound', `${type.id} ${quote(name)} not found`, { details });
}

/** Of a path that nothing is served at. */
export function noSuchResource(): StatusError {
  const message = 'the server could not find the requested resource';
  return new StatusError(404, 'NotFound', message, { details: {} });
}

export function alreadyExists(type: Subject, name: string): StatusError {
  const details = detailsOf(type, name);
  return new StatusError(409, 'AlreadyExists', `${type.id} ${quote(name)} already exists`, {
    details,
  });
}

export function conflict(type: Subject, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${type.id} ${quote(name)}: ${why}`;
  return new StatusError(409, 'Conflict', message, { details: detailsOf(type, name) });
}

export function modified(type: Subject, name: string): StatusError {
  const why =
    'the object has been modified; please apply your changes to the latest version and try again';
  return conflict(type, name, why);
}

/** @param name Empty where the request is about no one object. */
export function forbidden(type: Subject, name: string, why: string): StatusError {
  const object = name === '' ? type.id : `${type.id} ${quote(name)}`;
  const details = detailsOf(type, name);
  return new StatusError(403, 'Forbidden', `${object} is forbidden: ${why}`, { details });
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function methodNotAllowed(): StatusError {
  const message = 'the server does not allow this method on the requested resource';
  return new StatusError(405, 'MethodNotAllowed', message, { details: {} });
}

/** A resourceVersion or continue token that can't be served any more: Kubernetes API concepts, 410 Gone responses. */
export function expired(message: string, next?: string): StatusError {
  const metadata = next === undefined ? {} : { continue: next };
  return new StatusError(410, 'Expired', message, { metadata });
}

/** A resourceVersion that lies ahead. */
export function tooLargeResourceVersion(asked: number, current: number): StatusError {
  const message = `Too large resource version: ${asked}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  const details = { causes, retryAfterSeconds: 1 };
  return new StatusError(504, 'Timeout', message, { details });
}

const CAUSES: Readonly<Record<FieldErrorType, string>> = {
  Duplicate: 'FieldValueDuplicate',
  Forbidden: 'FieldValueForbidden',
  Internal: 'InternalError',
  Invalid: 'FieldValueInvalid',
  NotSupported: 'FieldValueNotSupported',
  Required: 'FieldValueRequired',
  TooLong: 'FieldValueTooLong',
  TooMany: 'FieldValueTooMany',
  TypeInvalid: 'FieldValueTypeInvalid',
};

/** 422 for faults of an object's fields. */
export function invalid(
  { group, kind }: Pick<ResourceType, 'group' | 'kind'>,
  name: string,
  errors: readonly FieldError[],
): StatusError {
  const texts = [...new Set(errors.map(formatFieldError))];
  const all = texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`;
  const qualified = group === '' ? kind : `${kind}.${group}`;
  const causes: readonly StatusCause[] = errors.map((error) => ({
    reason: CAUSES[error.type],
    message: formatFieldError(error).slice(error.field.length + ': '.length),
    field: error.field,
  }));
  return new StatusError(422, 'Invalid', `${qualified} ${quote(name)} is invalid: ${all}`, {
    details: { ...(name !== '' && { name }), ...(group !== '' && { group }), kind, causes },
  });
}

/** 422 for faults of a request's options, as `ListOptions`. */
export function invalidOptions(kind: string, errors: readonly FieldError[]): StatusError {
  return invalid({ group: 'meta.k8s.io', kind }, '', errors);
}

/** A name in quotes, as Go's `%q` prints it. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
