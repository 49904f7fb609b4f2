import type { Store } from '@portolan/store';

import type { Identity } from '../access/access.ts';
import type { Verb, Wish } from '../access/authorize.ts';
import type { Admission } from '../admission/admission.ts';
import type { ResourcePath } from '../request-path/request-path.ts';

/** What all requests share. */
export interface Surroundings {
  readonly store: Store;
  readonly admission: Admission;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0, below 1. */
  readonly random: () => number;
  /** Bytes. */
  readonly maxBody: number;
  readonly maxWatches: number;
  /** Ends each of the watches there are. */
  readonly watches: Set<() => void>;
  /** Whether there are to be no more watches. */
  readonly isClosed: () => boolean;
  /** What stands before `/api` in paths. */
  readonly prefix: string;
}

/** One request for a resource. */
export interface Call extends ResourcePath {
  readonly request: Request;
  readonly url: URL;
  readonly identity: Identity;
  readonly verb: Verb;
}

export function wishOf({
  verb,
  type,
  subresource,
  namespace,
  name = '',
}: Omit<Call, 'identity' | 'request' | 'url'>): Wish {
  return { verb, type, namespace, name, ...(subresource !== undefined && { subresource }) };
}

/** RFC 3339 in whole seconds. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
