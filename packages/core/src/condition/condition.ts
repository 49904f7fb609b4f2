import type { FieldError } from '../field-error/field-error.ts';
import type { ObjectReference } from '../resources/meta.ts';

/**
 * What is to be said of one object: that it was accepted, that it conflicts with another, that what it refers to
 * is missing. Types and reasons are Kubernetes' and Gateway API's, verbatim, where they have one.
 */
export interface Condition {
  readonly object: ObjectReference;
  /** `Accepted`, `ResolvedRefs`, `Programmed`, … */
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** CamelCase, for machines: `Invalid`, `BackendNotFound`, `PortUnavailable`, … */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  /** The field concerned, where there is one, as Kubernetes prints it. */
  readonly field?: string;
  /** The faults behind an object that was not accepted. */
  readonly errors?: readonly FieldError[];
}
