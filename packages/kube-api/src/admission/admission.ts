import type { FieldError } from '@portolan/core';
import type { NewObject, ResourceType, StoredObject } from '@portolan/store';

/** A write that is to be admitted. */
export interface Attempt {
  readonly type: ResourceType;
  /** As the client would have it, after its patch; `metadata` with name, namespace and all that the API itself fills in. */
  readonly object: NewObject;
  /** As it is; absent where it is created. */
  readonly previous?: StoredObject;
  /** Of a write to a subresource: `status`. */
  readonly subresource?: string;
}

/** What becomes of an attempt. */
export type Admitted =
  | {
      /** As it is to be kept: decoded, with defaults and with what was allocated. */
      readonly object: NewObject;
      /** Fields that its kind doesn't have, as `spec.prots`, and fields given twice; they are not in `object`. */
      readonly unknownFields?: readonly string[];
      readonly warnings?: readonly string[];
    }
  /** Can't be read as its kind at all: 400 BadRequest, with a message as the API server words it. */
  | { readonly malformed: string }
  /** 422 Invalid. */
  | { readonly invalid: readonly FieldError[] }
  /** 403 Forbidden. */
  | { readonly forbidden: string };

/** Says what may be kept, and how. Synchronous: nothing comes between it and the commit. */
export interface Admission {
  readonly admit: (attempt: Attempt) => Admitted;
}
