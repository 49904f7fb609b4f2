import { objectKey } from '@portolan/core';
import type { Diagnostic, Manifest } from '@portolan/manifests';

/**
 * Tells which manifests errors are about: about the object, or, where no object could be told, about the file. Warnings
 * don't count.
 */
export function faultFinder(diagnostics: readonly Diagnostic[]): (manifest: Manifest) => boolean {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const files = new Set(errors.flatMap(({ object, file }) => (object === undefined ? file : [])));
  const objects = new Set(
    errors.flatMap(({ object }) =>
      object === undefined ? [] : `${object.kind} ${object.namespace || 'default'}/${object.name}`,
    ),
  );
  return (manifest) => files.has(manifest.file) || objects.has(key(manifest));
}

/**
 * Those of the manifests before that are faulty now: to be kept as they were, so that a fault takes nothing down. One that
 * was removed is not faulty, and one that is valid now, perhaps in another file, needs no keeping.
 */
export function lastValid(
  before: readonly Manifest[],
  now: { readonly manifests: readonly Manifest[]; readonly diagnostics: readonly Diagnostic[] },
): readonly Manifest[] {
  const isFaulty = faultFinder(now.diagnostics);
  const valid = new Set(now.manifests.map(key));
  return before.filter((manifest) => !valid.has(key(manifest)) && isFaulty(manifest));
}

function key({ resource }: Manifest): string {
  return `${resource.kind} ${objectKey(resource)}`;
}
