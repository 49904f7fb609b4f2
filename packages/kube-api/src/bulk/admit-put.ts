import { SOURCE_ANNOTATION, canonicalJSON, formatFieldError } from '@portolan/core';
import type { NewObject, StoredObject } from '@portolan/store';

import type { Admission, Admitted } from '../admission/admission.ts';
import { textAt } from '../content/json-object.ts';
import type { BulkPut } from './bulk-content.ts';

/** What is to be kept of an object that a source sent, or why nothing is. */
export type AdmittedPut = { readonly object: NewObject } | { readonly refusal: string };

/**
 * Admits an object of a source. One that was deleted and made again in the source has another uid: to the target it is new,
 * whatever it was before.
 *
 * @param createdAt the time of creation of what names none, RFC 3339.
 */
export function admitPut(
  admission: Admission,
  { type, object }: BulkPut,
  previous: StoredObject | undefined,
  source: string,
  createdAt: string,
): AdmittedPut {
  if (previous !== undefined && sourceOf(previous) !== source) {
    return { refusal: `it is there already, and not from source ${source}` };
  }
  const { name, namespace, labels, annotations, ...metadata } = object.metadata;
  const uid = textAt(metadata, 'uid') ?? previous?.metadata.uid ?? crypto.randomUUID();
  const before = previous?.metadata.uid === uid ? previous : undefined;
  const attempted: NewObject = {
    // What a write of the main resource doesn't name of the status stays.
    ...(before?.['status'] === undefined ? {} : { status: before['status'] }),
    ...object,
    metadata: {
      name,
      ...(type.namespaced ? { namespace } : {}),
      uid,
      creationTimestamp:
        textAt(metadata, 'creationTimestamp') ?? before?.metadata.creationTimestamp ?? createdAt,
      ...(labels === undefined ? {} : { labels }),
      annotations: { ...annotations, [SOURCE_ANNOTATION]: source },
    },
  };
  const admitted = admission.admit({
    type,
    object: attempted,
    ...(before === undefined ? {} : { previous: before }),
  });
  return 'object' in admitted
    ? { object: withGeneration(admitted.object, before) }
    : { refusal: reasonOf(admitted) };
}

/** Kubernetes API reference, ObjectMeta v1 meta, `generation`: it grows with each change of `spec`. */
function withGeneration(object: NewObject, previous: StoredObject | undefined): NewObject {
  if (object['spec'] === undefined) return object;
  const { generation: before = 0 } = previous?.metadata ?? {};
  const isSame = canonicalJSON(object['spec']) === canonicalJSON(previous?.['spec'] ?? null);
  return {
    ...object,
    metadata: { ...object.metadata, generation: isSame ? before : before + 1 },
  };
}

/** Whose object it is; `undefined` for one that no bulk write made. */
export function sourceOf(object: StoredObject): string | undefined {
  return object.metadata.annotations?.[SOURCE_ANNOTATION];
}

function reasonOf(refused: Exclude<Admitted, { readonly object: NewObject }>): string {
  if ('malformed' in refused) return refused.malformed;
  if ('forbidden' in refused) return refused.forbidden;
  return refused.invalid.map(formatFieldError).join(', ');
}
