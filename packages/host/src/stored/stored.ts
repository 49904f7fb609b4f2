import type { Resource } from '@portolan/core';
import type { Store, StoredObject } from '@portolan/store';

type Stored<Kind extends Resource['kind']> = StoredObject &
  Extract<Resource, { readonly kind: Kind }>;

/** The kinds that a host reads as they are kept, and what the store calls them. */
const RESOURCES = {
  Ingress: 'ingresses.networking.k8s.io',
  IngressClass: 'ingressclasses.networking.k8s.io',
  Node: 'nodes',
  Secret: 'secrets',
} as const;

/** All objects of a kind. Nothing is kept that wasn't admitted, so each has the shape that its kind has. */
export function storedObjects<Kind extends keyof typeof RESOURCES>(
  store: Pick<Store, 'list'>,
  kind: Kind,
): readonly Stored<Kind>[] {
  return store
    .list(RESOURCES[kind])
    .filter((object): object is Stored<Kind> => object.kind === kind);
}

/** Whether an object, by what the store calls its kind, is of one of those that a host reads. */
export function isRead(resource: string): boolean {
  return Object.values<string>(RESOURCES).includes(resource);
}
