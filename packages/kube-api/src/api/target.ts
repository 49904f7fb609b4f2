import type { Verb } from '../access/authorize.ts';
import { segmentsOf, type ResourcePath } from '../request-path/request-path.ts';
import { noSuchResource } from '../status/faults.ts';
import { isTrue } from '../write/write-options.ts';
import { KUBELET_SUBRESOURCES, servedResource } from './served-resource.ts';

/** What a request is about. */
export interface Target {
  readonly url: URL;
  /** Of the path behind the prefix, decoded. */
  readonly segments: readonly string[];
  /** Of paths that need no token. */
  readonly isOpen: boolean;
  readonly resource?: ResourcePath;
  /** What is wanted of the resource; absent where its method means nothing. */
  readonly verb?: Verb;
}

const OPEN: ReadonlySet<string> = new Set(['healthz', 'livez', 'readyz']);

/** @throws {StatusError} */
export function parseTarget(request: Request, prefix: string): Target {
  const url = new URL(request.url);
  const path = url.pathname;
  if (path !== prefix && !path.startsWith(`${prefix}/`)) throw noSuchResource();
  const segments = segmentsOf(path.slice(prefix.length));
  const resource = servedResource(segments);
  const verb = resource && verbOf(request.method, resource, url);
  return {
    url,
    segments,
    isOpen: OPEN.has(segments[0] ?? ''),
    ...(resource && { resource }),
    ...(verb && { verb }),
  };
}

/** Kubernetes, Authorization overview, Determine the request verb. */
function verbOf(
  method: string,
  { type, namespace, name, subresource }: ResourcePath,
  { searchParams }: URL,
): Verb | undefined {
  if (name !== undefined) {
    const isKubelets = subresource !== undefined && KUBELET_SUBRESOURCES.has(subresource);
    if (isKubelets && method === 'POST') return 'create';
    const verb = OBJECT_VERBS.get(method);
    return verb === 'delete' && subresource !== undefined ? undefined : verb;
  }
  switch (method) {
    case 'GET':
      return isTrue(searchParams.get('watch')) ? 'watch' : 'list';
    case 'POST':
      return type.namespaced && namespace === '' ? undefined : 'create';
    case 'DELETE':
      return type.namespaced && namespace === '' ? undefined : 'deletecollection';
    default:
      return undefined;
  }
}

const OBJECT_VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['DELETE', 'delete'],
  ['GET', 'get'],
  ['PATCH', 'patch'],
  ['PUT', 'update'],
]);
