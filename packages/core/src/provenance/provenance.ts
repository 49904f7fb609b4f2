import type { ObjectMeta } from '../resources/meta.ts';

/**
 * The annotation of an object that was taken over from a cluster: the name of the source that it came from. What that
 * cluster allocated to it stays its own, wherever it lies, and whatever another cluster allocated to others.
 */
export const SOURCE_ANNOTATION = 'portolan.dev/source';

/** The annotation of a Pod that registered itself: the name of the Lease, in its namespace, by which it lives. */
export const LEASE_ANNOTATION = 'portolan.dev/lease';

/** The annotation of an object that was brought in with a set of manifests: the name of that set. */
export const MANIFESTS_ANNOTATION = 'portolan.dev/manifests';

/** Beside `MANIFESTS_ANNOTATION`: a hash of the manifest, by which a change of it is known. */
export const MANIFEST_HASH_ANNOTATION = 'portolan.dev/manifest-hash';

/** Annotations of ours that say where an object comes from, not how requests to it are treated. */
export const PROVENANCE_ANNOTATIONS: ReadonlySet<string> = new Set([
  SOURCE_ANNOTATION,
  LEASE_ANNOTATION,
  MANIFESTS_ANNOTATION,
  MANIFEST_HASH_ANNOTATION,
]);

/** Whether an object was taken over from a cluster. */
export function isFromSource({ metadata }: { readonly metadata: ObjectMeta }): boolean {
  return metadata.annotations?.[SOURCE_ANNOTATION] !== undefined;
}
