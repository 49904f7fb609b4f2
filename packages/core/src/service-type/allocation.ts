import type { FieldError } from '../field-error/field-error.ts';

/** Something that a Service asks for out of a pool that all Services share. */
export interface Claim {
  /** The pool: `clusterIP/IPv4`, `clusterIP/IPv6`, `nodePort`, or one that a plugin brings. */
  readonly pool: string;
  /** The field that is asked for, or filled: `spec.ports[0].nodePort`. Different for each claim of a Service. */
  readonly field: string;
  /** The value that the manifest fixes; absent: any free one will do. */
  readonly wanted?: string;
  /**
   * Claims of one Service that agree in this may hold one value, and are given one where none is fixed: the node ports of
   * two ports with one number, TCP and UDP. Absent: never shared.
   */
  readonly sharedBy?: string;
  /**
   * How it is reported that the claim can't be granted, where not as an invalid `wanted` (or, without one, an internal error)
   * of `field`. A `detail` is put before what the pool says.
   */
  readonly failure?: Partial<FieldError>;
}

/** What was granted: field → value. */
export type Grants = Readonly<Record<string, string>>;

/** Values that may each be given once. Its words are those of the API server's allocators. */
export interface Pool {
  /** What claims call it. */
  readonly name: string;
  /** How many values may be given automatically. */
  readonly size: number;
  /**
   * The first so many values are given automatically only when all others are gone, so that values fixed in this band
   * rarely meet an automatic one (KEP-3070 for cluster IPs, KEP-3668 for node ports). Less than `size`.
   */
  readonly staticBand: number;
  /** The value at an index from 0 to `size` − 1, in canonical form. */
  readonly valueAt: (index: number) => string;
  /** The canonical form of a value, or `undefined` for one that is not in the pool. */
  readonly canonical: (value: string) => string | undefined;
  /** Why a value that is not in the pool can't be given. */
  readonly outOfRange: (value: string) => string;
  /** Why a value that somebody has can't be given. */
  readonly allocated: string;
}
