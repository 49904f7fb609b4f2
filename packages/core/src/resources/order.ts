import { objectKey } from './meta.ts';
import type { ObjectMeta } from './meta.ts';

/** Orders text by UTF-16 code units, as `<` has it, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

interface Named {
  readonly metadata: Pick<ObjectMeta, 'name' | 'namespace'>;
}

interface Created {
  readonly metadata: Pick<ObjectMeta, 'creationTimestamp'>;
}

/**
 * Orders objects of one kind by `namespace/name`, taken as one text: `a-b/x` comes before `a/x`.
 *
 * Source: Gateway API v1, HTTPRouteRule.matches.
 */
export function compareByName(a: Named, b: Named): number {
  return compareText(objectKey(a), objectKey(b));
}

/**
 * Orders objects by `creationTimestamp`, the oldest first. One without a readable timestamp is not created yet: it comes
 * after all that have one.
 */
export function compareByCreation(a: Created, b: Created): number {
  if (a.metadata.creationTimestamp === b.metadata.creationTimestamp) return 0;
  const [first, second] = [createdAt(a), createdAt(b)];
  return first === second ? 0 : first < second ? -1 : 1;
}

/** Orders objects of one kind by age, the oldest first, and those of one age by `namespace/name`. */
export function compareByAge(a: Named & Created, b: Named & Created): number {
  return compareByCreation(a, b) || compareByName(a, b);
}

function createdAt({ metadata }: Created): number {
  const time = Date.parse(metadata.creationTimestamp ?? '');
  return Number.isNaN(time) ? Infinity : time;
}
