import * as Schema from 'effect/Schema';

/** Kubernetes API reference, Lease v1 coordination.k8s.io: what is written and read of it. */
export const LeaseObject: Schema.Codec<LeaseObject> = Schema.Struct({
  metadata: Schema.Struct({
    /** Absent for one that isn't there yet. */
    resourceVersion: Schema.optionalKey(Schema.String),
  }),
  spec: Schema.Struct({
    /** Empty for one that was given back. */
    holderIdentity: Schema.optionalKey(Schema.String),
    leaseDurationSeconds: Schema.optionalKey(Schema.Number),
    /** MicroTime. */
    acquireTime: Schema.optionalKey(Schema.String),
    renewTime: Schema.optionalKey(Schema.String),
    leaseTransitions: Schema.optionalKey(Schema.Number),
  }),
});

export interface LeaseObject {
  readonly metadata: { readonly resourceVersion?: string };
  readonly spec: {
    readonly holderIdentity?: string;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly renewTime?: string;
    readonly leaseTransitions?: number;
  };
}
