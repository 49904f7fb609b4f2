import { objectKey, type Resource } from '@portolan/core';

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Manifest, ManifestSource, ParsedManifests, ParseOptions } from './manifest.ts';
import { readSource } from './read-source.ts';

/**
 * Reads Kubernetes objects as the API server would take them: YAML 1.2 and JSON, several documents to a file, lists,
 * strict decoding and validation. Nothing it is given makes it throw: what can't be read is a diagnostic, and never keeps
 * anything else from being read.
 *
 * Of an object that is there several times the last valid one counts, as with `kubectl apply`.
 */
export function parseManifests(
  sources: readonly ManifestSource[],
  { defaultNamespace = 'default' }: ParseOptions = {},
): ParsedManifests {
  const read = sources.map((source) => readSource(source, defaultNamespace));
  const all = read.flatMap(({ manifests }) => manifests);
  const last = new Map(all.map((manifest) => [identityOf(manifest.resource), manifest]));
  const manifests = all.filter((manifest) => last.get(identityOf(manifest.resource)) === manifest);
  const duplicates = all.flatMap((manifest) => {
    const counting = last.get(identityOf(manifest.resource)) ?? manifest;
    return counting === manifest ? [] : [duplicateOf(manifest, counting)];
  });
  return {
    manifests,
    diagnostics: [...read.flatMap(({ diagnostics }) => diagnostics), ...duplicates],
    passedOver: read.flatMap(({ passedOver }) => passedOver),
  };
}

/** No two of the kinds that are read share a name, so that a kind needs no group. */
function identityOf(resource: Resource): string {
  return `${resource.kind} ${objectKey(resource)}`;
}

function duplicateOf({ resource, file, line, column }: Manifest, counting: Manifest): Diagnostic {
  const { apiVersion, kind, metadata } = resource;
  const object = { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
  const other = `${counting.file}:${counting.line}:${counting.column}`;
  return {
    severity: 'warning',
    code: 'DuplicateObject',
    message: `stands again at ${other}, and that one counts`,
    file,
    line,
    column,
    object,
  };
}
