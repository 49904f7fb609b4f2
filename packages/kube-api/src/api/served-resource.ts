import { EMPTY_TYPES } from '../discovery/empty-types.ts';
import { checkSegment, resourcePath, type ResourcePath } from '../request-path/request-path.ts';

/** Subresources of Pods that a kubelet answers. */
export const KUBELET_SUBRESOURCES: ReadonlySet<string> = new Set([
  'attach',
  'exec',
  'log',
  'portforward',
]);

/**
 * The resource that a path names, where it is one that there is something to say of; else `undefined`.
 *
 * Source: Kubernetes API concepts, Resource URIs.
 */
export function servedResource(segments: readonly string[]): ResourcePath | undefined {
  return resourcePath(segments) ?? otherSubresource(segments) ?? emptyResource(segments);
}

function otherSubresource(segments: readonly string[]): ResourcePath | undefined {
  const subresource = segments.at(-1) ?? '';
  if (subresource !== 'scale' && !KUBELET_SUBRESOURCES.has(subresource)) return undefined;
  const owner = resourcePath(segments.slice(0, -1));
  if (owner?.name === undefined || owner.subresource !== undefined) return undefined;
  const isThere = subresource === 'scale' ? owner.type.scale : owner.type.kind === 'Pod';
  return isThere ? { ...owner, subresource } : undefined;
}

function emptyResource([root, version, ...segments]: readonly string[]): ResourcePath | undefined {
  if (root !== 'api' || version !== 'v1') return undefined;
  const [first, namespace = ''] = segments;
  const isNamespaced = first === 'namespaces';
  const [plural, name, ...more] = isNamespaced ? segments.slice(2) : segments;
  const type = EMPTY_TYPES.find((each) => each.plural === plural);
  if (type === undefined || more.length > 0 || (isNamespaced && !type.namespaced)) return undefined;
  if (type.namespaced && !isNamespaced && name !== undefined) return undefined;
  for (const segment of [name, isNamespaced ? namespace : undefined]) checkSegment(segment);
  return { type, namespace: isNamespaced ? namespace : '', ...(name !== undefined && { name }) };
}
