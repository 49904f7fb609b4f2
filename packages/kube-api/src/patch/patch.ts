import type { ObjectRef, ResourceType, StoredObject } from '@portolan/store';

import { schemaOf } from '../openapi/kinds/kinds.ts';
import { apply } from './apply/apply.ts';
import { readJSON, readYAML } from './body/body.ts';
import { badRequest, PatchError, type PatchFailure } from './failure/failure.ts';
import { jsonPatch } from './json-patch/json-patch.ts';
import { isObject, type JSONObject } from './json/json.ts';
import { mergePatch } from './merge-patch/merge-patch.ts';
import { strategicMerge } from './strategic-merge/strategic-merge.ts';

/** A PATCH request. */
export interface PatchRequest {
  readonly type: ResourceType;
  /** The object that the URL names. */
  readonly ref: ObjectRef;
  /** As the request has it, parameters included. */
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** The object as it is; absent where there is none. */
  readonly current: StoredObject | undefined;
  /** From the query; needed for an apply. */
  readonly fieldManager?: string;
  /** From the query; for an apply only. */
  readonly force?: boolean;
  /** `status` or `scale` where that is patched. A Scale can't be applied. */
  readonly subresource?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An object as a client would have it: what the API itself fills in may be missing, and nothing else of it is checked. */
export interface DraftObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/**
 * What a patch makes of an object. Where it was `applied` its `metadata.managedFields` are complete; else they are what the patch
 * left of them, for `updateManagedFields`.
 */
export type Patched =
  | { readonly object: DraftObject; readonly applied: boolean }
  | { readonly failure: PatchFailure };

const PATCHES: ReadonlyMap<string, (request: PatchRequest) => unknown> = new Map([
  ['application/json-patch+json', ({ current, body }) => jsonPatch(current, readJSON(body))],
  [
    'application/merge-patch+json',
    ({ current, body }) => mergePatch(current, objectFrom(readJSON(body))),
  ],
  [
    'application/strategic-merge-patch+json',
    ({ type, current = {}, body }) =>
      strategicMerge(current, objectFrom(readJSON(body)), schemaOf(type)),
  ],
]);
const APPLY = 'application/apply-patch+yaml';

/** The content types that a patch may have, in the order in which a 415 lists them. */
export const PATCH_TYPES: readonly string[] = [...PATCHES.keys(), APPLY];

/**
 * Patches an object: JSON patch (RFC 6902), merge patch (RFC 7396), strategic merge patch, or server-side apply, which also
 * creates. Pure: it changes nothing that it is given.
 */
export function applyPatch(request: PatchRequest): Patched {
  try {
    const object = patch(request);
    return { object: draftOf(object), applied: mediaType(request) === APPLY };
  } catch (error) {
    if (error instanceof PatchError) return { failure: error.failure };
    throw error;
  }
}

function patch(request: PatchRequest): unknown {
  const { type, ref, current, body, force, subresource = '', now } = request;
  const fieldManager = checkOptions(request);
  if (mediaType(request) === APPLY) {
    const config = objectFrom(readYAML(body));
    return apply({
      type,
      ref,
      config,
      current,
      fieldManager,
      force: force ?? false,
      subresource,
      now,
    });
  }
  if (current === undefined) {
    const message = `${type.id} "${ref.name}" not found`;
    throw new PatchError({ code: 404, reason: 'NotFound', message });
  }
  return PATCHES.get(mediaType(request))?.(request);
}

function mediaType({ contentType }: PatchRequest): string {
  return contentType.split(';', 1).join('').trim().toLowerCase();
}

/** Checks what the query says, and gives the manager's name. */
function checkOptions(request: PatchRequest): string {
  const { fieldManager = '', force } = request;
  const isApply = mediaType(request) === APPLY;
  // Who owns a Scale's replicas is kept with the workload, by other names.
  const isKnown = isApply ? request.subresource !== 'scale' : PATCHES.has(mediaType(request));
  if (!isKnown) {
    const types = request.subresource === 'scale' ? [...PATCHES.keys()] : PATCH_TYPES;
    throw new PatchError({
      code: 415,
      reason: 'UnsupportedMediaType',
      message: `the body of the request was in an unknown format - accepted media types include: ${types.join(', ')}`,
    });
  }
  if (force !== undefined && !isApply) {
    throw invalidOption(
      'force',
      'FieldValueForbidden',
      'Forbidden: may not be specified for non-apply patch',
    );
  }
  if (fieldManager === '' && isApply) {
    throw invalidOption(
      'fieldManager',
      'FieldValueRequired',
      'Required value: is required for apply patch',
    );
  }
  return fieldManager;
}

function invalidOption(field: string, reason: string, message: string): PatchError {
  return new PatchError({
    code: 422,
    reason: 'Invalid',
    message: `PatchOptions.meta.k8s.io "" is invalid: ${field}: ${message}`,
    causes: [{ reason, message, field }],
    about: { group: 'meta.k8s.io', kind: 'PatchOptions' },
  });
}

function objectFrom(value: unknown): JSONObject {
  if (!isObject(value)) throw badRequest('error decoding patch: it must be an object');
  return value;
}

function draftOf(value: unknown): DraftObject {
  if (!isObject(value)) throw badRequest('the patched object is no object');
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isObject(metadata)) {
    throw badRequest('the patched object must have apiVersion, kind and metadata');
  }
  return { ...value, apiVersion, kind, metadata };
}
