import type { Change, ChangeKind } from '../diff/diff-result.ts';
import { outcomeWords, type BothOutcomes } from './outcome-words.ts';
import { mainKind } from './words.ts';

/** Changes that read alike. */
export interface Block extends BothOutcomes {
  /** At least one. */
  readonly changes: readonly Change[];
  /**
   * Changes at the same addresses, where a Service answers on one side and rules take the requests on the other: the other
   * rules, beside those of `changes`.
   */
  readonly otherRules: readonly Change[];
}

/** By the most severe kind. */
export function blocksOf(changes: readonly Change[]): ReadonlyMap<ChangeKind, readonly Block[]> {
  return new Map(
    [...Map.groupBy(changes, mainKind)].map(([kind, alike]) => [
      kind,
      [...Map.groupBy(alike, blockKey).values()].flatMap(blockOf),
    ]),
  );
}

function blockKey(change: Change): string {
  const service = comingOrGoing(change);
  return JSON.stringify(service === undefined ? outcomeWords(change) : service);
}

function blockOf(alike: readonly Change[]): readonly Block[] {
  const [first] = alike;
  if (first === undefined) return [];
  const [changes, otherRules] =
    comingOrGoing(first) === undefined ? [alike, []] : [[first], alike.slice(1)];
  return [{ ...outcomeWords(first), changes, otherRules }];
}

/** The Service that is new or gone at an address outside the cluster, where rules take the requests otherwise. */
function comingOrGoing(change: Change): string | undefined {
  const { takenBy, witnesses } = change;
  if (witnesses.every(({ entrance }) => entrance === 'internal')) return undefined;
  const { before, after } = outcomeWords(change);
  const isService = [takenBy.before, takenBy.after].map((taker) => taker?.startsWith('Service '));
  if (isService[0] === isService[1]) return undefined;
  return isService[0]
    ? `${takenBy.before}: ${before} → rules`
    : `${takenBy.after}: rules → ${after}`;
}
