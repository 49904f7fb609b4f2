import { objectKey } from '@portolan/core';
import type { Diagnostic, Manifest } from '@portolan/manifests';

/** Whether an error is about this manifest: its object, or, where no object can be told in it, its file. */
export function isFaulty(manifest: Manifest, diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(
    ({ severity, object, file }) =>
      severity === 'error' &&
      (object === undefined
        ? file === manifest.file
        : `${object.kind} ${object.namespace || 'default'}/${object.name}` === key(manifest)),
  );
}

/**
 * Those of the manifests before that are faulty now: to be kept as they were, so that a fault takes nothing down. One that
 * was removed is not faulty, and one that is valid now, perhaps in another file, needs no keeping.
 */
export function lastValid(
  before: readonly Manifest[],
  now: { readonly manifests: readonly Manifest[]; readonly diagnostics: readonly Diagnostic[] },
): readonly Manifest[] {
  if (now.diagnostics.every(({ severity }) => severity === 'warning')) return [];
  const valid = new Set(now.manifests.map(key));
  return before.filter(
    (manifest) => !valid.has(key(manifest)) && isFaulty(manifest, now.diagnostics),
  );
}

function key({ resource }: Manifest): string {
  return `${resource.kind} ${objectKey(resource)}`;
}
