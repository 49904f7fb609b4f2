import type { NewObject, StoredObject } from '@portolan/store';

import { timestamp } from '../store/new-identity.ts';

/** The reason of a `Ready` condition that is false because the Pod's Lease ran out. */
export const LEASE_EXPIRED = 'LeaseExpired';

type Fields = Readonly<Record<string, unknown>>;

/** What a Pod's `Ready` condition says, and whether it says so because of its Lease. */
export interface Readiness {
  /** Whether the Pod counts as ready: as `endpointSetsFromPods` of `@portolan/core` has it. */
  readonly ready: boolean;
  /** Set where the Lease made it unready: since when, in milliseconds since 1970; 0 where it doesn't say. */
  readonly expiredAt?: number;
}

export function readinessOf(pod: StoredObject): Readiness {
  const status = fieldsOf(pod.status);
  if (status.conditions === undefined) return { ready: status.phase !== 'Pending' };
  const condition = conditionsOf(pod).find(isReadyCondition) ?? {};
  if (condition.status !== 'False' || condition.reason !== LEASE_EXPIRED) {
    return { ready: condition.status === 'True' };
  }
  return { ready: false, expiredAt: Date.parse(String(condition.lastTransitionTime)) || 0 };
}

/** The Pod with a `Ready` condition that has changed. */
export function withReadyCondition(
  pod: StoredObject,
  condition: {
    readonly status: 'True' | 'False';
    readonly reason: string;
    readonly message: string;
  },
  now: number,
): NewObject {
  const conditions = conditionsOf(pod);
  const ready = {
    ...conditions.find(isReadyCondition),
    type: 'Ready',
    ...condition,
    lastTransitionTime: timestamp(now),
  };
  const others = conditions.filter((each) => !isReadyCondition(each));
  return { ...pod, status: { ...fieldsOf(pod.status), conditions: [...others, ready] } };
}

function isReadyCondition({ type }: Fields): boolean {
  return type === 'Ready';
}

function conditionsOf(pod: StoredObject): readonly Fields[] {
  const { conditions } = fieldsOf(pod.status);
  return Array.isArray(conditions) ? conditions.map(fieldsOf) : [];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
