import { formatFieldError, objectKey, type Condition } from '@portolan/core';
import type { Diagnostic, Manifest } from '@portolan/manifests';

/**
 * Conditions as diagnostics: each at the place in the manifests that it speaks of. A refused object is an error; whatever
 * else isn't as the author meant, such as a valid object that another one goes before, is a warning.
 */
export function diagnose(
  conditions: readonly Condition[],
  manifests: readonly Manifest[],
): readonly Diagnostic[] {
  const places = new Map(
    manifests.map((manifest) => [
      `${manifest.resource.kind} ${objectKey(manifest.resource)}`,
      manifest,
    ]),
  );
  return conditions.flatMap((condition) => {
    const { object, errors = [] } = condition;
    const manifest = places.get(`${object.kind} ${object.namespace}/${object.name}`);
    const at = (field: string | undefined, message: string): Diagnostic => ({
      severity: isRefusal(condition) ? 'error' : 'warning',
      code: condition.reason,
      message,
      // An object that came without a manifest has no place but the option that it came by.
      file: manifest?.file ?? 'options.resources',
      ...(manifest?.locate(field ?? '') ?? { line: 1, column: 1 }),
      ...(field !== undefined && { field }),
      object: { apiVersion: manifest?.resource.apiVersion ?? '', ...object },
    });
    if (errors.length > 0) return errors.map((error) => at(error.field, formatFieldError(error)));
    return [at(condition.field, condition.message)];
  });
}

function isRefusal({ type, status, reason }: Condition): boolean {
  return type === 'Accepted' && status === 'False' && reason !== 'Conflicted';
}
