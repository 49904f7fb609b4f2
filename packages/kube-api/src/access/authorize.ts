import type { ResourceType, StoredObject } from '@portolan/store';

import { forbidden, quote } from '../status/faults.ts';
import type { Identity } from './access.ts';

/** Kubernetes, Authorization overview, Request verbs. */
export const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const;

export type Verb = (typeof VERBS)[number];

/** What somebody wants to do. */
export interface Wish {
  readonly verb: Verb;
  readonly type: Pick<ResourceType, 'group' | 'id' | 'namespaced' | 'plural'>;
  readonly subresource?: string;
  /** Empty for all namespaces and for what has none. */
  readonly namespace: string;
  /** Empty for a collection. */
  readonly name: string;
}

const READS: ReadonlySet<Verb> = new Set(['get', 'list', 'watch']);
const REGISTERS: ReadonlySet<Verb> = new Set(['create', 'delete', 'get', 'patch', 'update']);
const REGISTERED: ReadonlySet<string> = new Set(['pods', 'leases.coordination.k8s.io']);

/** Names who made a Pod or a Lease with a `register` token. */
export const REGISTERED_BY = 'portolan.dev/registered-by';

/** Whether somebody may do it at all. Of a `register` token, `mayTouch` has the second say. */
export function isAllowed(identity: Identity, wish: Wish): boolean {
  if (!isInNamespaces(identity, wish)) return false;
  switch (identity.role) {
    case 'admin':
      return true;
    case 'read':
      return READS.has(wish.verb) && wish.type.id !== 'secrets';
    case 'register':
      return REGISTERS.has(wish.verb) && REGISTERED.has(wish.type.id);
  }
}

/** A token for some namespaces sees these Namespaces themselves, and nothing else that has none. */
function isInNamespaces({ namespaces }: Identity, { type, verb, namespace, name }: Wish): boolean {
  if (namespaces === undefined) return true;
  if (type.namespaced) return namespaces.includes(namespace);
  return type.id === 'namespaces' && verb === 'get' && namespaces.includes(name);
}

/** Whether an object is one that somebody may get or change: to a `register` token, only its own are. */
export function mayTouch({ role, name }: Identity, object: StoredObject): boolean {
  return role !== 'register' || object.metadata.labels?.[REGISTERED_BY] === name;
}

/** @throws {StatusError} 403 */
export function authorize(identity: Identity, wish: Wish): void {
  if (!isAllowed(identity, wish)) throw denied(identity, wish);
}

/** @throws {StatusError} 403 */
export function authorizeObject(
  identity: Identity,
  wish: Wish,
  object: StoredObject | undefined,
): void {
  if (object !== undefined && !mayTouch(identity, object)) throw denied(identity, wish);
}

function denied(identity: Identity, wish: Wish): Error {
  const { verb, type, subresource, namespace, name } = wish;
  const resource = subresource === undefined ? type.plural : `${type.plural}/${subresource}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${quote(namespace)}`;
  const why = `User ${quote(identity.name)} cannot ${verb} resource ${quote(resource)} in API group ${quote(type.group)} ${where}`;
  return forbidden(type, name, why);
}
