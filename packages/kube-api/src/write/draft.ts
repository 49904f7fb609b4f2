import { apiVersionOf, type StoredObject } from '@portolan/store';

import type { Call } from '../api/call.ts';
import { isObject, textAt, type JSONObject } from '../content/json-object.ts';
import { readObject } from '../content/read-object.ts';
import { isEqual, withoutNulls } from '../patch/json/json.ts';
import type { DraftObject } from '../patch/patch.ts';
import { badRequest, conflict, modified, quote } from '../status/faults.ts';

/** An object as a client sent it. */
export interface Draft {
  readonly object: DraftObject;
  /** Fields that it has more than once. */
  readonly duplicates: readonly string[];
}

/** Reads the object that a request carries. */
export async function readDraft(call: Call, maxBody: number): Promise<Draft> {
  const { value, duplicates } = await readObject(call.request, maxBody);
  return { object: draftOf(call, value), duplicates };
}

/**
 * A value as an object of the request's type and namespace; what it doesn't say of these is filled in. What says nothing is left
 * out: nulls, and labels, annotations and the like that are empty.
 *
 * @throws {StatusError} 400 where it is of another type or namespace.
 */
export function draftOf({ type, namespace }: Call, given: unknown): DraftObject {
  const value = withoutNulls(given);
  if (!isObject(value)) {
    throw badRequest(`the object provided is unrecognized (must be of type ${type.kind})`);
  }
  const apiVersion = apiVersionOf(type);
  const { apiVersion: givenVersion = apiVersion, kind = type.kind, metadata = {} } = value;
  if (givenVersion !== apiVersion) {
    const text = typeof givenVersion === 'string' ? givenVersion : JSON.stringify(givenVersion);
    throw badRequest(
      `the API version in the data (${text}) does not match the expected API version (${apiVersion})`,
    );
  }
  if (kind !== type.kind) {
    const text = typeof kind === 'string' ? kind : JSON.stringify(kind);
    throw badRequest(
      `${text} in version ${quote(type.version)} cannot be handled as a ${type.kind}`,
    );
  }
  if (!isObject(metadata)) throw unreadable(type.kind, type.version, 'metadata', 'ObjectMeta');
  for (const field of ['name', 'generateName', 'namespace', 'uid', 'resourceVersion']) {
    const found = metadata[field];
    if (found !== undefined && typeof found !== 'string') {
      throw unreadable(type.kind, type.version, `metadata.${field}`, 'string');
    }
  }
  return {
    ...value,
    apiVersion,
    kind: type.kind,
    metadata: inNamespace(metadata, type.namespaced ? namespace : ''),
  };
}

function inNamespace(metadata: JSONObject, namespace: string): JSONObject {
  const { namespace: given, ...others } = metadata;
  const rest = Object.fromEntries(
    Object.entries(others).filter(([, value]) => !isEqual(value, {}) && !isEqual(value, [])),
  );
  if (namespace === '') return rest;
  if (typeof given === 'string' && given !== '' && given !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return { ...rest, namespace };
}

function unreadable(kind: string, version: string, field: string, goType: string): Error {
  return badRequest(
    `${kind} in version ${quote(version)} cannot be handled as a ${kind}: ${field} must be of type ${goType}`,
  );
}

/** @throws {StatusError} 400 where the object isn't the one that the URL names. */
export function checkName({ name = '' }: Call, { metadata }: DraftObject): void {
  const given = textAt(metadata, 'name');
  if (given === undefined) throw badRequest('name must be provided');
  if (given !== name) {
    throw badRequest(
      `the name of the object (${given}) does not match the name on the URL (${name})`,
    );
  }
}

/** @throws {StatusError} 409 where the client has seen another state of the object, or another object of that name. */
export function checkVersion({ type }: Call, draft: DraftObject, previous: StoredObject): void {
  const { name, uid, resourceVersion } = previous.metadata;
  const given = textAt(draft.metadata, 'uid');
  if (given !== undefined && given !== uid) {
    const why = `Precondition failed: UID in precondition: ${given}, UID in object meta: ${uid}`;
    throw conflict(type, name, why);
  }
  const seen = textAt(draft.metadata, 'resourceVersion') ?? resourceVersion;
  if (seen !== resourceVersion) throw modified(type, name);
}
