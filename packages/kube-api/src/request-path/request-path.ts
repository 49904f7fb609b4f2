import { apiVersionOf, RESOURCE_TYPES, type ResourceType } from '@portolan/store';

import { badRequest, quote } from '../status/faults.ts';

/** A resource, and what of it. */
export interface ResourcePath {
  readonly type: ResourceType;
  /** Empty for cluster-scoped resources, and for those of all namespaces. */
  readonly namespace: string;
  /** Absent for the collection. */
  readonly name?: string;
  readonly subresource?: string;
}

const byPlural: ReadonlyMap<string, ResourceType> = new Map(
  RESOURCE_TYPES.map((type) => [`${apiVersionOf(type)}/${type.plural}`, type]),
);

/**
 * The decoded segments of a path.
 *
 * @throws where an escape is malformed, or no UTF-8.
 */
export function segmentsOf(path: string): readonly string[] {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch {
    throw badRequest(`the path ${quote(path)} has a malformed escape`);
  }
}

/**
 * The resource that a path names; `undefined` where it names none that is served.
 *
 * Source: Kubernetes API concepts, Resource URIs.
 */
export function resourcePath(segments: readonly string[]): ResourcePath | undefined {
  const [root, ...rest] = segments;
  if (root === 'api') return inVersion(rest[0] ?? '', rest.slice(1));
  if (root === 'apis') return inVersion(`${rest[0] ?? ''}/${rest[1] ?? ''}`, rest.slice(2));
  return undefined;
}

function inVersion(apiVersion: string, segments: readonly string[]): ResourcePath | undefined {
  const [first, second, third] = segments;
  const isNamespaced =
    first === 'namespaces' && third !== undefined && !(third === 'status' && segments.length === 3);
  const [plural = '', name, subresource, ...more] = isNamespaced ? segments.slice(2) : segments;
  const type = byPlural.get(`${apiVersion}/${plural}`);
  if (type === undefined || more.length > 0 || (isNamespaced && !type.namespaced)) return undefined;
  if (type.namespaced && !isNamespaced && name !== undefined) return undefined;
  if (subresource !== undefined && !(subresource === 'status' && type.status)) return undefined;
  for (const segment of [name, isNamespaced ? second : undefined]) checkSegment(segment);
  return {
    type,
    namespace: isNamespaced && second !== undefined ? second : '',
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

/**
 * Kubernetes, Object Names and IDs, Path Segment Names.
 *
 * @throws {StatusError} 400
 */
export function checkSegment(name: string | undefined): void {
  if (name === '.' || name === '..') {
    throw badRequest(`invalid resource name ${quote(name)}: [may not be '${name}']`);
  }
  const found = ['/', '%'].filter((character) => name?.includes(character));
  if (name !== undefined && found.length > 0) {
    const messages = found.map((character) => `may not contain '${character}'`);
    throw badRequest(`invalid resource name ${quote(name)}: [${messages.join(' ')}]`);
  }
}
