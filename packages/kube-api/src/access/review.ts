import { RESOURCE_TYPES } from '@portolan/store';

import type { Surroundings } from '../api/call.ts';
import { isObject, objectAt, textAt } from '../content/json-object.ts';
import { readObject } from '../content/read-object.ts';
import { badRequest, methodNotAllowed } from '../status/faults.ts';
import type { Identity } from './access.ts';
import { isAllowed, VERBS } from './authorize.ts';

const ACCESS_REVIEWS = 'apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const SELF_REVIEWS = 'apis/authentication.k8s.io/v1/selfsubjectreviews';

/**
 * Answers who somebody is, and what they may do; `undefined` for any other path.
 *
 * Source: Kubernetes API reference, SelfSubjectReview v1 authentication.k8s.io, SelfSubjectAccessReview v1 authorization.k8s.io.
 */
export async function reviewOf(
  request: Request,
  segments: readonly string[],
  identity: Identity,
  { maxBody }: Pick<Surroundings, 'maxBody'>,
): Promise<object | undefined> {
  const path = segments.join('/');
  if (path !== ACCESS_REVIEWS && path !== SELF_REVIEWS) return undefined;
  if (request.method !== 'POST') throw methodNotAllowed();
  const { value } = await readObject(request, maxBody);
  if (!isObject(value)) throw badRequest('the object provided is unrecognized');
  const metadata = { creationTimestamp: null };
  if (path === SELF_REVIEWS) {
    const userInfo = { username: identity.name, groups: [identity.role, 'system:authenticated'] };
    const kind = 'SelfSubjectReview';
    return { kind, apiVersion: 'authentication.k8s.io/v1', metadata, status: { userInfo } };
  }
  const spec = objectAt(value, 'spec');
  const status = review(identity, objectAt(spec, 'resourceAttributes'), spec);
  const kind = 'SelfSubjectAccessReview';
  return { kind, apiVersion: 'authorization.k8s.io/v1', metadata, spec, status };
}

function review(identity: Identity, attributes: object, spec: object): object {
  const isAll = identity.role === 'admin' && identity.namespaces === undefined;
  if ('nonResourceAttributes' in spec) {
    // Discovery is for everybody; what else there is is written to.
    const verb = textAt(objectAt(spec, 'nonResourceAttributes'), 'verb') ?? '';
    return { allowed: isAll || verb === 'get' };
  }
  const asked = textAt(attributes, 'verb') ?? '';
  const group = textAt(attributes, 'group') ?? '';
  const plural = textAt(attributes, 'resource') ?? '';
  const subresource = textAt(attributes, 'subresource');
  const namespace = textAt(attributes, 'namespace') ?? '';
  const name = textAt(attributes, 'name') ?? '';
  if (asked === '*' || plural === '*') {
    return { allowed: isAll };
  }
  const type = RESOURCE_TYPES.find(
    (each) => each.plural === plural && (each.group === group || group === '*'),
  );
  const verb = VERBS.find((each) => each === asked);
  if (type === undefined || verb === undefined) {
    return { allowed: false, reason: 'there is no such resource or verb' };
  }
  const wish = { verb, type, namespace: type.namespaced ? namespace : '', name };
  return {
    allowed: isAllowed(identity, { ...wish, ...(subresource !== undefined && { subresource }) }),
  };
}
