/** Who owns an object: when the last owner is gone, so is the object. Kubernetes API reference, OwnerReference v1 meta. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** Which fields a client manages. Kubernetes API reference, ManagedFieldsEntry v1 meta. */
export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: 'Apply' | 'Update';
  readonly apiVersion?: string;
  readonly time?: string;
  readonly fieldsType?: 'FieldsV1';
  readonly fieldsV1?: Readonly<Record<string, unknown>>;
  readonly subresource?: string;
}

/** Kubernetes API reference, ObjectMeta v1 meta: what the store and the API need of it, without `resourceVersion`. */
export interface NewMetadata {
  readonly name: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly uid: string;
  /** RFC 3339, whole seconds, UTC. */
  readonly creationTimestamp: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly managedFields?: readonly ManagedFieldsEntry[];
  readonly [field: string]: unknown;
}

export interface StoredMetadata extends NewMetadata {
  /** The revision at which the object was last written, in decimal. */
  readonly resourceVersion: string;
}

/** An object that is to be kept: its `resourceVersion` is the store's to give, and one that it has counts for nothing. */
export interface NewObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: NewMetadata;
  readonly [field: string]: unknown;
}

/** An object as it is kept: plain JSON, never changed once it is kept. */
export interface StoredObject extends NewObject {
  readonly metadata: StoredMetadata;
}

/** Which object. */
export interface ObjectRef {
  /** `pods`, `ingresses.networking.k8s.io`: see `ResourceType.id`. */
  readonly resource: string;
  /** Empty for cluster-scoped objects. */
  readonly namespace: string;
  readonly name: string;
}
