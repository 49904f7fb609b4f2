import { circumstances } from '../circumstances/circumstances.ts';
import type { ChangeKind } from '../diff/diff-result.ts';
import { changeKinds } from '../observe/change-kinds.ts';
import { observe, type Observation } from '../observe/observe.ts';
import type { Probe } from '../probe/probe.ts';
import type { Side } from '../side/side.ts';

/** A request that is treated differently. */
export interface Difference {
  readonly probe: Probe;
  readonly before: Observation;
  readonly after: Observation;
  readonly kinds: readonly ChangeKind[];
}

/** What has been found so far. */
export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly differences: Difference[];
  /** How many requests were put to both sides. */
  compared: number;
  /** Whether nothing was left out because it would have been too much. */
  complete: boolean;
}

export function comparisonOf(before: Side, after: Side): Comparison {
  return { before, after, differences: [], compared: 0, complete: true };
}

/**
 * Puts requests to both sides: those given, from every client and at every node and zone where it could matter.
 *
 * @param variants Requests that the same rules or Services take: they can tell apart what looks alike for some of them.
 * The first that differs is kept.
 * @returns whether any differs
 */
export function compare(comparison: Comparison, variants: readonly Probe[]): boolean {
  const [first] = variants;
  if (first === undefined) return false;
  const { all, complete } = circumstances(comparison, first);
  if (!complete) comparison.complete = false;
  // One that changes just as others do says nothing new.
  const known = new Set<string>();
  for (const circumstance of all) {
    const difference = firstDifference(comparison, variants, circumstance);
    if (difference === undefined) continue;
    const key = changeKey(difference);
    if (!known.has(key)) comparison.differences.push(difference);
    known.add(key);
  }
  return known.size > 0;
}

function firstDifference(
  comparison: Comparison,
  variants: readonly Probe[],
  circumstance: Partial<Probe>,
): Difference | undefined {
  for (const variant of variants) {
    const probe = { ...variant, ...circumstance };
    const before = observe(comparison.before, probe);
    const after = observe(comparison.after, probe);
    const kinds = changeKinds(probe, before, after);
    comparison.compared++;
    if (kinds.length > 0) return { probe, before, after, kinds };
  }
  return undefined;
}

/** The same text for differences that are one change. */
export function changeKey({ kinds, before, after }: Difference): string {
  return JSON.stringify([kinds, before.outcome, after.outcome, before.takenBy, after.takenBy]);
}
