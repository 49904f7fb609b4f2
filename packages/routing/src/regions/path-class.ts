import { acceptedTexts, explore } from '../automaton/explore.ts';
import { programAutomaton } from '../automaton/program-automaton.ts';
import type { Budget } from '../automaton/state.ts';
import { acceptsOf, walkWith } from '../automaton/state.ts';
import { textTree } from '../automaton/text-tree.ts';
import type { Texts } from '../automaton/text-tree.ts';
import type { TableEntry } from '../table/table.ts';
import { languageProgram, NORMAL_PATH } from './languages.ts';

/** What an entry asks of paths. A prefix is without its trailing slash. */
export type PathMatcher = Pick<TableEntry, 'type' | 'path' | 'program'>;

/** Paths that the same matchers fit. */
interface PathClass {
  /** One of them, normalised. */
  readonly path: string;
  /** Indices of the matchers. */
  readonly fits: readonly number[];
}

export interface PathClasses {
  readonly classes: readonly PathClass[];
  /** Whether every normalised path belongs to one of them. */
  readonly complete: boolean;
}

/** How often it may be asked whether a regular expression accepts a path, apart from following them all at once. */
const MAXIMUM_CHECKS = 500_000;

/**
 * The classes of all paths; no two matchers are the same. Without regular expressions every prefix has its own, that of the
 * paths that are below no longer one, and so has every exact path. Else those paths come first, as people know them, and
 * then what the automata of all matchers together find.
 */
export function pathClasses(matchers: readonly PathMatcher[], budget: Budget): PathClasses {
  const walk = walkWith(budget);
  const texts: Texts = {
    exact: textsOf(matchers, 'Exact'),
    prefixes: textsOf(matchers, 'PathPrefix'),
  };
  const expressions = matchers.flatMap(({ program }, index) =>
    program ? programAutomaton(program, index, walk) : [],
  );
  const classes = new Map<string, PathClass>();
  const add = (path: string, fits: readonly number[]): void => {
    const key = fits.join();
    if (!classes.has(key)) classes.set(key, { path, fits });
  };
  const fitsOf = (path: string): readonly number[] => [
    ...textFits(texts, path),
    ...expressions.flatMap((state) => acceptsOf(state, path)),
  ];
  let checks = 0;
  for (const path of readablePaths(texts)) {
    add(path, fitsOf(path));
    checks += expressions.length;
    if (checks > MAXIMUM_CHECKS) break;
  }
  if (expressions.length === 0) return { classes: [...classes.values()], complete: true };

  const language = programAutomaton(languageProgram(NORMAL_PATH), 0, walk);
  const automata = [textTree(texts, walk), ...expressions];
  for (const { text, accepts } of explore(language, automata, budget)) {
    const longer = text.replaceAll(/\/(?:a(?=[/.-]|$)|(?=[^\w%/]))/gu, '/any');
    const isLike = longer !== text && fitsOf(longer).join() === accepts.join();
    add(isLike ? longer : text, accepts);
  }
  const complete = budget.left > 0;
  if (!complete) {
    const asked = expressions.slice(0, MAXIMUM_CHECKS / expressions.length);
    for (const path of acceptedTexts(language, asked)) add(path, fitsOf(path));
  }
  return { classes: [...classes.values()], complete };
}

function textsOf(
  matchers: readonly PathMatcher[],
  type: PathMatcher['type'],
): ReadonlyMap<string, number> {
  return new Map(
    matchers.flatMap((matcher, index) =>
      matcher.type === type ? [[matcher.path, index] as const] : [],
    ),
  );
}

/** In the order of `textTree`: the path itself, then the prefixes that it is below, the longest first. */
function textFits({ exact, prefixes }: Texts, path: string): readonly number[] {
  const fits: number[] = [];
  const itself = exact.get(path);
  if (itself !== undefined) fits.push(itself);
  for (let end = path.length; end >= 0; end = end > 0 ? path.lastIndexOf('/', end - 1) : -1) {
    const prefix = prefixes.get(path.slice(0, end));
    if (prefix !== undefined) fits.push(prefix);
  }
  return fits;
}

/** Each exact path, and for each prefix it and what is below it, with one more element that nobody names. */
function* readablePaths({ exact, prefixes }: Texts): Generator<string> {
  yield* exact.keys();
  for (const prefix of new Set([...prefixes.keys(), ''])) {
    if (prefix !== '') yield prefix;
    yield `${prefix}/`;
    let below = `${prefix}/any`;
    for (let number = 2; exact.has(below) || prefixes.has(below); number++) {
      below = `${prefix}/any${number}`;
    }
    yield below;
  }
}
