import type { CompiledWithStandIns } from '@portolan/compile';

import { diff } from '../src/diff/diff.ts';
import { outcomeWords } from '../src/format/outcome-words.ts';
import { circumstancesOf } from '../src/format/words.ts';

/** `kinds: before → after: first witness`, and how many others there are. */
export function changes(
  before: CompiledWithStandIns,
  after: CompiledWithStandIns,
): readonly string[] {
  return diff(before, after).changes.map((change) => {
    const words = outcomeWords(change);
    const [witness] = change.witnesses;
    const where = witness ? [witness.url, ...circumstancesOf(witness)].join(', ') : 'nowhere';
    const others = change.witnessCount > 1 ? ` +${change.witnessCount - 1}` : '';
    return `${change.kinds.join('+')}: ${words.before} → ${words.after}: ${where}${others}`;
  });
}
