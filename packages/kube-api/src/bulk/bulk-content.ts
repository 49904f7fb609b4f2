import { validateDNS1123Label, validateDNS1123Subdomain } from '@portolan/core';
import {
  RESOURCE_TYPES,
  resourceTypeOf,
  type NewObject,
  type ObjectRef,
  type ResourceType,
} from '@portolan/store';

import { isObject } from '../content/json-object.ts';
import { badRequest } from '../status/faults.ts';
import type { BulkHeader, BulkScope } from './bulk.ts';

/** What a line wants of an object. */
export type BulkWrite =
  | { readonly ref: ObjectRef; readonly put: BulkPut }
  | { readonly ref: ObjectRef; readonly put?: undefined };

/** An object as it was sent, and its kind. */
export interface BulkPut {
  readonly type: ResourceType;
  readonly object: NewObject;
}

/** In UTF-16 code units. */
const CHECKPOINT_MAX_LENGTH = 4096;

const byID: ReadonlyMap<string, ResourceType> = new Map(
  RESOURCE_TYPES.map((type) => [type.id, type]),
);

/** @throws {StatusError} */
export function parseHeader(line: string): BulkHeader {
  const value = parse(line);
  if (!isObject(value)) throw badRequest('the first line is no object');
  const { source, since, next, unlisted = [] } = value;
  if (typeof source !== 'string' || validateDNS1123Label(source).length > 0) {
    throw badRequest('source: must be a DNS label');
  }
  if (since !== null && typeof since !== 'string') {
    throw badRequest('since: must be a checkpoint or null');
  }
  if (typeof next !== 'string' || next === '' || next.length > CHECKPOINT_MAX_LENGTH) {
    throw badRequest(`next: must be a text of at most ${CHECKPOINT_MAX_LENGTH}`);
  }
  if (!Array.isArray(unlisted) || !unlisted.every(isScope)) {
    throw badRequest('unlisted: must be a list of resources');
  }
  return { source, since, next, unlisted };
}

/**
 * What a line wants.
 *
 * @throws {StatusError} where it is neither a put nor a delete of something that has a kind and a name.
 */
export function parseWrite(line: string): BulkWrite {
  const value = parse(line);
  if (isObject(value) && isObject(value['delete'])) {
    const { resource, namespace, name } = value['delete'];
    if (typeof resource === 'string' && typeof namespace === 'string' && typeof name === 'string') {
      return { ref: checked({ resource, namespace, name }, byID.get(resource)) };
    }
  }
  if (isObject(value) && isKubernetesObject(value['put'])) {
    const object = value['put'];
    const type = resourceTypeOf(object);
    const { namespace = '', name } = object.metadata;
    if (type !== undefined) {
      return { ref: checked({ resource: type.id, namespace, name }, type), put: { type, object } };
    }
    throw badRequest(`no kind ${object.kind} of ${object.apiVersion} is served`);
  }
  throw badRequest('a line is neither put nor delete');
}

function checked(ref: ObjectRef, type: ResourceType | undefined): ObjectRef {
  const { resource, namespace, name } = ref;
  if (type === undefined) throw badRequest(`no resource ${resource} is served`);
  const faults = [
    ...validateDNS1123Subdomain(name),
    ...(type.namespaced ? validateDNS1123Label(namespace) : []),
  ];
  if (!type.namespaced && namespace !== '') faults.push('it has no namespace');
  if (faults.length === 0) return ref;
  throw badRequest(`${resource} ${namespace}/${name}: ${faults.join(', ')}`);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw badRequest('a line is not JSON');
  }
}

function isScope(value: unknown): value is BulkScope {
  if (!isObject(value) || typeof value['resource'] !== 'string') return false;
  return value['namespace'] === undefined || typeof value['namespace'] === 'string';
}

/** Whether it has what every object has. The rest is for admission to judge. */
function isKubernetesObject(value: unknown): value is NewObject {
  if (!isObject(value) || !isObject(value['metadata'])) return false;
  const { apiVersion, kind, metadata } = value;
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    typeof metadata['name'] === 'string' &&
    (metadata['namespace'] === undefined || typeof metadata['namespace'] === 'string')
  );
}
