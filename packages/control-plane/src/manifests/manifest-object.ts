import {
  canonicalJSON,
  hash,
  MANIFEST_HASH_ANNOTATION,
  MANIFESTS_ANNOTATION,
  type Resource,
} from '@portolan/core';
import type { StoredObject } from '@portolan/store';

/** What the API gives, and what names objects and controllers of the cluster that a manifest was dumped from. */
const OWN_METADATA: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'finalizers',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** An object as it is applied: the manifest, and where it comes from. */
export interface ManifestObject extends Pick<Resource, 'apiVersion' | 'kind'> {
  readonly metadata: Resource['metadata'];
}

/** @param source The name of the source, as `MANIFESTS_ANNOTATION` has it. */
export function manifestObject(resource: Resource, source: string): ManifestObject {
  const entries = Object.entries(resource.metadata).filter(([key]) => !OWN_METADATA.has(key));
  const metadata = { ...Object.fromEntries(entries), name: resource.metadata.name };
  const text = canonicalJSON({ ...resource, metadata });
  const annotations = {
    ...resource.metadata.annotations,
    [MANIFESTS_ANNOTATION]: source,
    [MANIFEST_HASH_ANNOTATION]: [0, 1]
      .map((seed) => hash(text, seed).toString(16).padStart(8, '0'))
      .join(''),
  };
  return { ...resource, metadata: { ...metadata, annotations } };
}

/** Whether an object was made of this very manifest, whatever else became of it since. */
export function isMadeOf(object: StoredObject | undefined, manifest: ManifestObject): boolean {
  const [before, now] = [object?.metadata.annotations, manifest.metadata.annotations];
  return [MANIFESTS_ANNOTATION, MANIFEST_HASH_ANNOTATION].every(
    (key) => before?.[key] === now?.[key],
  );
}
