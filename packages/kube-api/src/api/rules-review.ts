import { RESOURCE_TYPES, type ResourceType } from '@portolan/store';

import type { Identity } from '../access/access.ts';
import { isAllowed, type Verb } from '../access/authorize.ts';
import { objectAt, textAt } from '../content/json-object.ts';
import { readObject } from '../content/read-object.ts';
import { verbsOf } from '../discovery/api-resources.ts';
import { EMPTY_TYPES } from '../discovery/empty-types.ts';
import { badRequest, methodNotAllowed } from '../status/faults.ts';

const PATH = 'apis/authorization.k8s.io/v1/selfsubjectrulesreviews';

/** Kubernetes API reference, SelfSubjectRulesReview v1 authorization.k8s.io, ResourceRule. */
interface ResourceRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What everybody who has a token may do. */
const REVIEWS: readonly ResourceRule[] = [
  {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  },
  { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
];
const OPEN_URLS: readonly string[] = ['/healthz', '/livez', '/readyz'];
const DOCUMENT_URLS: readonly string[] = ['/api', '/apis', '/openapi'].flatMap((url) => [
  url,
  `${url}/*`,
]);

/**
 * Answers all that somebody may do in a namespace, as `kubectl auth can-i --list` asks; `undefined` for any other path.
 *
 * Source: Kubernetes API reference, SelfSubjectRulesReview v1 authorization.k8s.io.
 *
 * @throws {StatusError}
 */
export async function rulesReviewOf(
  request: Request,
  segments: readonly string[],
  identity: Identity,
  maxBody: number,
): Promise<object | undefined> {
  if (segments.join('/') !== PATH) return undefined;
  if (request.method !== 'POST') throw methodNotAllowed();
  const { value } = await readObject(request, maxBody);
  const spec = objectAt(value, 'spec');
  const namespace = textAt(spec, 'namespace');
  if (namespace === undefined) throw badRequest('no namespace on request');
  return {
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: { creationTimestamp: null },
    spec: {},
    status: { ...rulesOf(identity, namespace), incomplete: false },
  };
}

function rulesOf(identity: Identity, namespace: string): object {
  if (identity.role === 'admin' && identity.namespaces === undefined) {
    return {
      resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
      nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
    };
  }
  const nonResourceURLs = [...DOCUMENT_URLS, ...OPEN_URLS, '/version'];
  return {
    resourceRules: [
      ...[...RESOURCE_TYPES, ...EMPTY_TYPES].flatMap((type) => rulesFor(identity, type, namespace)),
      ...REVIEWS,
    ],
    nonResourceRules: [{ verbs: ['get'], nonResourceURLs }],
  };
}

function rulesFor(
  identity: Identity,
  type: ResourceType,
  namespace: string,
): readonly ResourceRule[] {
  const { group, plural, namespaced } = type;
  const isMine = (verb: Verb, name = ''): boolean =>
    isAllowed(identity, { verb, type, namespace: namespaced ? namespace : '', name });
  const rule = (resource: string, all: readonly Verb[]): readonly ResourceRule[] => {
    const verbs = all.filter((verb) => isMine(verb));
    return verbs.length > 0 ? [{ verbs, apiGroups: [group], resources: [resource] }] : [];
  };
  const resourceNames = (identity.namespaces ?? []).filter((name) => isMine('get', name));
  if (type.id === 'namespaces' && resourceNames.length > 0) {
    return [{ verbs: ['get'], apiGroups: [group], resources: [plural], resourceNames }];
  }
  const subresources = [type.scale && 'scale', type.status && 'status'].filter(
    (name) => name !== false,
  );
  return [
    ...rule(plural, verbsOf(type)),
    ...subresources.flatMap((name) => rule(`${plural}/${name}`, verbsOf(type, name))),
  ];
}
