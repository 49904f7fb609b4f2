import type { NewObject, ObjectRef, StoredObject } from '../object/stored-object.ts';
import type { Store, Write } from '../store/store.ts';

const CREATED = '2026-02-03T04:05:06Z';

export function configMap(
  namespace: string,
  name: string,
  data: Readonly<Record<string, string>> = {},
): NewObject {
  const uid = `uid-${namespace}-${name}`;
  const metadata = { name, namespace, uid, creationTimestamp: CREATED, labels: { app: 'web' } };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

export function ingressClass(name: string): NewObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name, uid: `uid-${name}`, creationTimestamp: CREATED, generation: 1 },
    spec: { controller: 'example.com/ingress' },
  };
}

export function lease(namespace: string, name: string, renewTime: string): NewObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace, uid: `uid-${name}`, creationTimestamp: CREATED },
    spec: { holderIdentity: 'a', leaseDurationSeconds: 15, renewTime },
  };
}

export function configMapRef(namespace: string, name: string): ObjectRef {
  return { resource: 'configmaps', namespace, name };
}

export function put(...objects: readonly NewObject[]): readonly Write[] {
  return objects.map((object) => ({ put: object }));
}

/** As it is kept at a revision. */
export function at(revision: number, object: NewObject): StoredObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
}

const RESOURCES: readonly string[] = [
  'configmaps',
  'ingressclasses.networking.k8s.io',
  'leases.coordination.k8s.io',
];

/** All that is in a store, in order. */
export function everythingIn(store: Store): readonly StoredObject[] {
  return RESOURCES.flatMap((resource) => store.list(resource));
}

export function namesOf(objects: readonly StoredObject[]): readonly string[] {
  return objects.map(({ metadata: { namespace = '', name } }) => `${namespace}/${name}`);
}
