import { acceptedTexts, explore } from '../automaton/explore.ts';
import { programAutomaton } from '../automaton/program-automaton.ts';
import type { Budget, State } from '../automaton/state.ts';
import { acceptsOf, walkWith } from '../automaton/state.ts';
import { textTree } from '../automaton/text-tree.ts';
import type { TableValueMatch } from '../table/table.ts';
import { FIELD_VALUE, JOINED_FIELD_VALUES, languageProgram, PARAMETER_VALUE } from './languages.ts';

/** What an entry asks of a value. */
export type ValueMatcher = Pick<TableValueMatch, 'value' | 'program'>;

/** Values that the same matchers fit. */
interface ValueClass {
  /** One of them; `undefined`: there is no value. */
  readonly value: string | undefined;
  /** Indices of the matchers. */
  readonly fits: readonly number[];
}

export interface ValueClasses {
  readonly classes: readonly ValueClass[];
  /** Whether every value belongs to one of them. */
  readonly complete: boolean;
}

export type ValueKind = 'header' | 'query';

/** What values there are, the usual ones first. */
const LANGUAGES: Readonly<Record<ValueKind, readonly string[]>> = {
  header: [FIELD_VALUE, JOINED_FIELD_VALUES],
  query: [PARAMETER_VALUE],
};

/**
 * The classes of all values that a header or a query parameter can have, and of its absence, which comes first. No two
 * matchers are the same.
 */
export function valueClasses(
  kind: ValueKind,
  matchers: readonly ValueMatcher[],
  budget: Budget,
): ValueClasses {
  const walk = walkWith(budget);
  const exact = new Map<string, number>();
  const expressions: State[] = [];
  for (const [index, { value, program }] of matchers.entries()) {
    if (program) expressions.push(programAutomaton(program, index, walk));
    else if (isPossible(kind, value)) exact.set(value, index);
  }
  const classes = new Map<string, ValueClass>();
  const add = (value: string | undefined, fits: readonly number[]): void => {
    const key = fits.join();
    if (!classes.has(key)) classes.set(key, { value, fits });
  };
  const addText = (value: string): void => {
    const itself = exact.get(value);
    const others = expressions.flatMap((state) => acceptsOf(state, value));
    add(value, itself === undefined ? others : [itself, ...others]);
  };
  add(undefined, []);
  for (const value of exact.keys()) addText(value);
  if (expressions.length === 0) return { classes: [...classes.values()], complete: true };

  addText('any');
  const automata = [textTree({ exact, prefixes: new Map() }, walk), ...expressions];
  for (const pattern of LANGUAGES[kind]) {
    const language = programAutomaton(languageProgram(pattern), 0, walk);
    for (const { text, accepts } of explore(language, automata, budget)) add(text, accepts);
    if (budget.left > 0) continue;
    for (const text of acceptedTexts(language, expressions)) addText(text);
    break;
  }
  return { classes: [...classes.values()], complete: budget.left > 0 };
}

function isPossible(kind: ValueKind, value: string): boolean {
  return LANGUAGES[kind].some((pattern) => new RegExp(`^(?:${pattern})$`, 'u').test(value));
}
