/** Identifying key-value pairs of an object. Keys and values follow the rules checked in `labels/`. */
export type Labels = Readonly<Record<string, string>>;

/**
 * What every object carries under `metadata`.
 *
 * Source: Kubernetes API reference, ObjectMeta v1 meta.
 */
export interface ObjectMeta {
  readonly name: string;
  /** Absent on cluster-scoped kinds; `default` is filled in for the others when a manifest is read. */
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Readonly<Record<string, string>>;
  /** RFC 3339. Precedence between conflicting Ingress objects is settled by it. */
  readonly creationTimestamp?: string;
  /** RFC 3339. Its presence makes a Pod terminating. */
  readonly deletionTimestamp?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly resourceVersion?: string;
}

/** `apiVersion`, `kind` and `metadata`: the part shared by every object. */
export interface KubernetesObject<
  ApiVersion extends string = string,
  Kind extends string = string,
> {
  readonly apiVersion: ApiVersion;
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
}

/** `namespace/name`, the key of a namespaced object among those of its kind. */
export type ObjectKey = `${string}/${string}`;

/** The key of an object: `namespace/name`, with `default` for an absent namespace. */
export function objectKey(object: { readonly metadata: ObjectMeta }): ObjectKey {
  return `${object.metadata.namespace ?? 'default'}/${object.metadata.name}`;
}

/** A pointer at an object, as Kubernetes' ObjectReference narrowed to what is needed to find it. */
export interface ObjectReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The reference to an object, with `default` for an absent namespace. */
export function objectReference({ kind, metadata }: KubernetesObject): ObjectReference {
  return { kind, namespace: metadata.namespace ?? 'default', name: metadata.name };
}
