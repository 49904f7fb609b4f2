import type { JSONObject } from '../content/json-object.ts';

/** An object's metadata without the rest. Kubernetes API reference, PartialObjectMetadata v1 meta. */
export function partialMetadata({ metadata }: JSONObject): object {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}
