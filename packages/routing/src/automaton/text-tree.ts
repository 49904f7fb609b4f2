import type { Edge, State, Walk } from './state.ts';

const SLASH = 0x2f;
const LAST = 0x10_ffff;

/** Texts, each with the number that is accepted for it. */
export interface Texts {
  /** Accepted for this text. */
  readonly exact: ReadonlyMap<string, number>;
  /** Accepted for this text and for all that go on with a slash. */
  readonly prefixes: ReadonlyMap<string, number>;
}

interface Node {
  readonly children: Map<number, Node>;
  exact?: number;
  prefix?: number;
}

/** Prefixes that a text is below, the longest first. */
interface Above {
  readonly numbers: readonly number[];
  /** Where a text is that leads to no other of the texts. */
  readonly elsewhere: State | undefined;
}

/** An automaton that accepts the numbers of texts. */
export function textTree({ exact, prefixes }: Texts, walk: Walk): State {
  const root: Node = { children: new Map() };
  for (const [text, number] of exact) grow(root, text).exact = number;
  for (const [text, number] of prefixes) grow(root, text).prefix = number;
  return stateOf(root, { numbers: [], elsewhere: undefined }, walk);
}

function grow(root: Node, text: string): Node {
  let node = root;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    let child = node.children.get(point);
    if (child === undefined) {
      child = { children: new Map() };
      node.children.set(point, child);
    }
    node = child;
  }
  return node;
}

function stateOf(node: Node, above: Above, walk: Walk): State {
  const numbers = node.prefix === undefined ? above.numbers : [node.prefix, ...above.numbers];
  let edges: readonly Edge[] | undefined;
  return {
    id: walk.nextId(),
    accepts: node.exact === undefined ? numbers : [node.exact, ...numbers],
    edges: () => (edges ??= edgesOf(node, above, belowOf(node, numbers, above, walk), walk)),
  };
}

function belowOf(node: Node, numbers: readonly number[], above: Above, walk: Walk): Above {
  if (node.prefix === undefined) return above;
  const elsewhere: State = {
    id: walk.nextId(),
    accepts: numbers,
    edges: () => [{ low: 0, high: LAST, to: elsewhere }],
  };
  return { numbers, elsewhere };
}

/** A slash leads below the prefix that the node is, other characters only beside it. */
function edgesOf(node: Node, above: Above, below: Above, walk: Walk): readonly Edge[] {
  const edges: Edge[] = [];
  const elsewhere = (low: number, high: number, to: State | undefined): void => {
    if (to !== undefined && low <= high) edges.push({ low, high, to });
  };
  let next = 0;
  for (const point of [...node.children.keys(), SLASH].toSorted((a, b) => a - b)) {
    if (point < next) continue;
    elsewhere(next, point - 1, above.elsewhere);
    const over = point === SLASH ? below : above;
    const child = node.children.get(point);
    if (child) edges.push({ low: point, high: point, to: stateOf(child, over, walk) });
    else elsewhere(point, point, over.elsewhere);
    next = point + 1;
  }
  elsewhere(next, LAST, above.elsewhere);
  return edges;
}
