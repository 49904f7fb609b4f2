import type { NewMetadata } from '@portolan/store';

/** RFC 3339, whole seconds, UTC: metav1.Time. */
export function timestamp(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`;
}

/** What a new object is known by. */
export function newIdentity(now: number): Pick<NewMetadata, 'creationTimestamp' | 'uid'> {
  return { uid: crypto.randomUUID(), creationTimestamp: timestamp(now) };
}
