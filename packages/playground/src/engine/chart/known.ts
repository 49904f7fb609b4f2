import type { Labels, ObjectKey } from '@portolan/core';

import type { Population } from '../pods/population.ts';

/** What only manifests tell. */
export interface Known {
  /** The line, from 1, at which an object begins, or a field of it. */
  readonly lineOf: (kind: string, key: ObjectKey, field?: string) => number | undefined;
  /** Which of the manifests it is, from 0; of what is in none of them the same high number. */
  readonly placeOf: (kind: string, key: ObjectKey) => number;
  /** `spec.type`, for people. */
  readonly serviceTypeOf: (key: ObjectKey) => string | undefined;
  /** The Services whose selectors a Pod with these labels has. */
  readonly selecting: (namespace: string, labels: Labels) => readonly ObjectKey[];
  /** All Pods. */
  readonly population: Population | undefined;
}

/** Of a Snapshot alone. */
export const NOTHING_KNOWN: Known = {
  lineOf: () => undefined,
  placeOf: () => 0,
  serviceTypeOf: () => undefined,
  selecting: () => [],
  population: undefined,
};
