import { isCollection, isNode, isPair, isScalar, Parser, type Pair } from 'yaml';

/** A YAML text that is to be changed in places, and leaves all others as they are. */
export interface Source {
  readonly text: string;
  readonly comments: readonly Comment[];
}

interface Comment {
  readonly offset: number;
  /** With `#`. */
  readonly source: string;
}

export function readSource(text: string): Source {
  return { text, comments: [...new Parser().parse(text)].flatMap(commentsIn) };
}

/** The comments among the tokens of a concrete syntax tree, in the order of the text. */
function commentsIn(token: unknown): readonly Comment[] {
  if (typeof token !== 'object' || token === null) return [];
  if ('type' in token && token.type === 'comment' && 'offset' in token && 'source' in token) {
    return [{ offset: Number(token.offset), source: String(token.source) }];
  }
  return Object.values(token).flatMap(commentsIn);
}

/** Where a node begins: behind its anchor and its tag. */
export function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** Where a node ends: a block collection where its last entry does, without the comments and empty lines below. */
export function endOf(node: unknown, source: Source): number {
  if (!isNode(node)) return 0;
  if (isCollection(node) && !node.flow && node.items.length > 0) {
    const last = node.items.at(-1);
    return isPair(last) ? endOfPair(last, source) : endOf(last, source);
  }
  const [start, end] = node.range ?? [0, 0];
  // A block scalar ends with a line break.
  return start + source.text.slice(start, end).trimEnd().length;
}

export function endOfPair(pair: Pair, source: Source): number {
  return isEmpty(pair.value) ? behindColon(pair, source) : endOf(pair.value, source);
}

/** Whether nothing is written where a value could be. */
export function isEmpty(node: unknown): boolean {
  return !isNode(node) || (isScalar(node) && node.range?.[0] === node.range?.[1]);
}

/** Where the value of a key that has none would stand. */
export function behindColon({ key }: Pair, source: Source): number {
  const end = endOf(key, source);
  const [colon = ''] = /^[ \t]*:/.exec(source.text.slice(end)) ?? [];
  return end + colon.length;
}
