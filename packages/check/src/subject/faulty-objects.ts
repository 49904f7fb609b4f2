import type { ObjectKey } from '@portolan/core';
import type { DiagnosedObject, Diagnostic } from '@portolan/manifests';

import type { RelatedPlace } from '../finding/finding.ts';

/** An object that is left out, and the first of its errors. */
interface FaultyObject extends DiagnosedObject {
  readonly place: RelatedPlace;
}

export interface FaultyObjects {
  readonly find: (kind: string, key: ObjectKey) => FaultyObject | undefined;
  readonly inNamespace: (namespace: string) => readonly FaultyObject[];
}

/** What was to be an object and isn't: without it, what refers to it looks as if it referred to nothing. */
export function faultyObjects(diagnostics: readonly Diagnostic[]): FaultyObjects {
  const byKey = new Map<string, FaultyObject>();
  for (const { severity, object, message, file, line, column } of diagnostics) {
    if (severity !== 'error' || object === undefined) continue;
    const key = `${object.kind} ${object.namespace || 'default'}/${object.name}`;
    if (byKey.has(key)) continue;
    byKey.set(key, { ...object, place: { message, file, line, column } });
  }
  const byNamespace = Map.groupBy(byKey.values(), ({ namespace }) => namespace);
  return {
    find: (kind, key) => byKey.get(`${kind} ${key}`),
    inNamespace: (namespace) => byNamespace.get(namespace) ?? [],
  };
}
