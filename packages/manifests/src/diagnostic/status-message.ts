import type { DiagnosedObject, Diagnostic } from './diagnostic.ts';

/** The code of a field that the object's type doesn't have. */
export const UNKNOWN_FIELD = 'UnknownField';
/** The code of a field that is given twice. */
export const DUPLICATE_FIELD = 'DuplicateField';

/** What strict decoding says of a field. */
export function strictDecodingMessage(code: string, field: string): string {
  return `${code === DUPLICATE_FIELD ? 'duplicate' : 'unknown'} field ${JSON.stringify(field)}`;
}

/**
 * `message` of the Status with which the API server refuses `object` for these errors: 400 where strict decoding fails,
 * 422 for what validation finds. Errors about other objects, and warnings, are left aside.
 *
 * Source: Kubernetes API reference, Status v1 meta; k8s.io/apimachinery `errors.NewInvalid`.
 */
export function formatStatusMessage(
  object: DiagnosedObject,
  diagnostics: readonly Diagnostic[],
): string {
  const { apiVersion, kind, name } = object;
  const errors = diagnostics.filter(
    (diagnostic) =>
      diagnostic.severity === 'error' &&
      diagnostic.object?.kind === kind &&
      diagnostic.object.namespace === object.namespace &&
      diagnostic.object.name === name,
  );
  const [group, version = group] = apiVersion.split('/');
  const strict = errors.flatMap(({ code, field = '' }) =>
    code === UNKNOWN_FIELD || code === DUPLICATE_FIELD ? [strictDecodingMessage(code, field)] : [],
  );
  if (strict.length > 0) {
    return `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${strict.join(', ')}`;
  }
  const qualified = apiVersion.includes('/') ? `${kind}.${group}` : kind;
  const messages = [...new Set(errors.map(({ message }) => message))];
  const all = messages.length === 1 ? messages.join('') : `[${messages.join(', ')}]`;
  return `${qualified} ${JSON.stringify(name)} is invalid: ${all}`;
}
