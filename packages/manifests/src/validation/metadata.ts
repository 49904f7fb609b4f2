import {
  byteLength,
  validateDNS1123Label,
  validateLabels,
  validateQualifiedName,
} from '@portolan/core';
import type { Labels, ObjectMeta } from '@portolan/core';

import type { Draft } from './draft.ts';
import { invalid, invalidEach, required, tooLong, type FieldErrors } from './field-errors.ts';

/** What is wrong with a name, in the API server's words. */
export type NameRule = (name: string) => readonly string[];

/** `metadata` as decoded, with the fields that are only checked. */
export interface MetadataDraft extends Draft<ObjectMeta> {
  readonly generateName?: string;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly {
    readonly apiVersion?: string;
    readonly kind?: string;
    readonly name?: string;
    readonly uid?: string;
  }[];
}

const ANNOTATIONS_MAX_SIZE = 256 * 1024;
const STANDARD_FINALIZERS: ReadonlySet<string> = new Set([
  'kubernetes',
  'orphan',
  'foregroundDeletion',
]);

/**
 * Source: Kubernetes API reference, ObjectMeta v1 meta. A name can't be generated: like `kubectl apply`, this needs the
 * same object to have the same name each time.
 */
export function* validateMetadata(metadata: MetadataDraft, validateName: NameRule): FieldErrors {
  const { name, generateName, namespace, generation = 0, labels = {} } = metadata;
  if (generateName !== undefined) {
    const beginning = generateName.replace(/-$/u, 'a');
    yield* invalidEach('metadata.generateName', generateName, validateName(beginning));
  }
  if (name !== undefined) {
    yield* invalidEach('metadata.name', name, validateName(name));
  } else if (generateName === undefined) {
    yield required('metadata.name', 'name or generateName is required');
  } else {
    yield invalid('metadata.generateName', generateName, 'cannot use generate name with apply');
  }
  if (namespace !== undefined) {
    yield* invalidEach('metadata.namespace', namespace, validateDNS1123Label(namespace));
  }
  if (generation < 0) {
    yield invalid('metadata.generation', generation, 'must be greater than or equal to 0');
  }
  yield* validateLabels(labels, 'metadata.labels');
  yield* validateAnnotations(metadata.annotations ?? {}, 'metadata.annotations');
  yield* validateOwnerReferences(metadata, 'metadata.ownerReferences');
  yield* validateFinalizers(metadata.finalizers ?? [], 'metadata.finalizers');
}

export function* validateAnnotations(annotations: Labels, field: string): FieldErrors {
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    yield* invalidEach(field, key, validateQualifiedName(key.toLowerCase()));
    size += byteLength(key) + byteLength(value);
  }
  if (size > ANNOTATIONS_MAX_SIZE) yield tooLong(field, ANNOTATIONS_MAX_SIZE);
}

function* validateOwnerReferences(
  { ownerReferences = [] }: MetadataDraft,
  field: string,
): FieldErrors {
  for (const { apiVersion, kind, name, uid } of ownerReferences) {
    if (!apiVersion) yield invalid(`${field}.apiVersion`, '', 'version must not be empty');
    if (!kind) yield invalid(`${field}.kind`, '', 'must not be empty');
    if (!name) yield invalid(`${field}.name`, '', 'must not be empty');
    if (!uid) yield invalid(`${field}.uid`, '', 'must not be empty');
  }
}

function* validateFinalizers(finalizers: readonly string[], field: string): FieldErrors {
  for (const finalizer of finalizers) {
    yield* invalidEach(field, finalizer, validateQualifiedName(finalizer));
  }
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    const detail = 'finalizer orphan and foregroundDeletion cannot be both set';
    yield invalid(field, finalizers, detail);
  }
  for (const [index, finalizer] of finalizers.entries()) {
    if (!finalizer.includes('/') && !STANDARD_FINALIZERS.has(finalizer)) {
      const detail = 'name is neither a standard finalizer name nor is it fully qualified';
      yield invalid(`${field}[${index}]`, finalizer, detail);
    }
  }
}
