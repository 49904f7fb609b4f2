import { isAlias, isMap, isScalar, Scalar, type Alias, type ParsedNode, type YAMLMap } from 'yaml';

import { MAX_DEPTH, SyntaxFault } from '../document/syntax-fault.ts';
import type { Tree, TreeEntry, TreeMap, TreeScalar } from '../tree/tree.ts';
import { plainScalar, type ScalarValue } from './plain-scalar.ts';

/** How many values the aliases of one document may stand for, all told. */
const MAX_ALIASED = 100_000;

const TAG = 'tag:yaml.org,2002:';
const RESOLVED_TAGS: ReadonlySet<string> = new Set(
  ['bool', 'float', 'int', 'null'].map((name) => TAG + name),
);

/** What an anchor stands for. */
interface Anchored {
  readonly tree: Tree;
  /** How many values it holds. */
  readonly size: number;
  /** How deep maps and lists nest in it. */
  readonly height: number;
}

/** State of the reading of one document. Aliases count as what they stand for. */
interface Reading {
  /** Where the document begins in its file. */
  readonly base: number;
  /** `null` while the anchor's value is being read. */
  readonly anchors: Map<string, Anchored | null>;
  /** How many values were met so far, and how many of them by aliases. */
  size: number;
  aliased: number;
  /** How deep the value that is being read lies, and how deep any has lain since the last anchor. */
  depth: number;
  deepest: number;
}

/**
 * The tree of a document's root.
 *
 * @param base where the document begins in its file
 * @throws SyntaxFault for an alias that leads nowhere, to itself, or to excessively much, a key that is a map or a list,
 *   and a merge key that merges something else than maps
 */
export function buildTree(root: ParsedNode, base: number): Tree {
  const anchors = new Map<string, Anchored | null>();
  return build(root, { base, anchors, size: 0, aliased: 0, depth: 0, deepest: 0 });
}

function build(node: ParsedNode, reading: Reading): Tree {
  if (isAlias(node)) return resolveAlias(node.source, offsetOf(node, reading), reading);
  return node.anchor === undefined
    ? buildValue(node, reading)
    : buildAnchored(node.anchor, node, reading);
}

type ValueNode = Exclude<ParsedNode, Alias.Parsed>;

function buildAnchored(name: string, node: ValueNode, reading: Reading): Tree {
  const { size, depth, deepest } = reading;
  reading.anchors.set(name, null);
  reading.deepest = depth;
  const tree = buildValue(node, reading);
  const height = reading.deepest - depth;
  reading.anchors.set(name, { tree, size: reading.size - size, height });
  reading.deepest = Math.max(reading.deepest, deepest);
  return tree;
}

function resolveAlias(name: string, offset: number, reading: Reading): Tree {
  const anchored = reading.anchors.get(name);
  if (anchored === undefined) {
    // Its name is left out: it may be a password that lacks its quotes.
    throw new SyntaxFault(
      'an alias to an anchor that is not there; a text that begins with * needs quotes',
      offset,
    );
  }
  if (anchored === null) {
    throw new SyntaxFault(`anchor '${name}' value contains itself`, offset);
  }
  const { tree, size, height } = anchored;
  reading.size += size;
  reading.aliased += size;
  reading.deepest = Math.max(reading.deepest, reading.depth + height);
  if (reading.aliased > MAX_ALIASED || reading.deepest > MAX_DEPTH) {
    throw new SyntaxFault('document contains excessive aliasing', offset);
  }
  return { ...tree, offset };
}

function buildValue(node: ValueNode, reading: Reading): Tree {
  reading.size += 1;
  const offset = offsetOf(node, reading);
  if (isScalar(node)) return { kind: 'scalar', offset, ...scalarValue(node) };
  reading.depth += 1;
  reading.deepest = Math.max(reading.deepest, reading.depth);
  const tree: Tree = isMap(node)
    ? buildMap(node, offset, reading)
    : { kind: 'list', offset, items: node.items.map((item) => build(item, reading)) };
  reading.depth -= 1;
  return tree;
}

function scalarValue(node: Scalar): ScalarValue {
  const text = String(node.value);
  if (node.tag === undefined ? node.type === Scalar.PLAIN : RESOLVED_TAGS.has(node.tag)) {
    return plainScalar(text);
  }
  return { value: text };
}

function buildMap(node: YAMLMap.Parsed, offset: number, reading: Reading): TreeMap {
  const entries = new Map<string, TreeEntry>();
  const duplicates: TreeEntry[] = [];
  const merged: TreeMap[] = [];
  for (const { key, value: valueNode } of node.items) {
    const keyTree = build(key, reading);
    const value: Tree = valueNode
      ? build(valueNode, reading)
      : { kind: 'scalar', offset: keyTree.offset, value: null };
    if (isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN) {
      for (const source of value.kind === 'list' ? value.items : [value]) {
        merged.push(mapToMerge(source, value.offset));
      }
      continue;
    }
    const entry: TreeEntry = { ...readKey(keyTree), value };
    if (entries.has(entry.key)) {
      duplicates.push(entry);
    } else {
      entries.set(entry.key, entry);
    }
  }
  for (const map of merged) {
    for (const entry of map.entries.values()) {
      if (!entries.has(entry.key)) {
        entries.set(entry.key, entry);
      }
    }
  }
  return { kind: 'map', offset, entries, duplicates };
}

function readKey(tree: Tree): Pick<TreeEntry, 'key' | 'offset' | 'yaml11'> {
  if (tree.kind !== 'scalar' || tree.value === null) {
    throw new SyntaxFault('map keys must be strings', tree.offset);
  }
  const { offset, value, yaml11 }: TreeScalar = tree;
  return { key: String(value), offset, ...(yaml11 === undefined ? {} : { yaml11 }) };
}

function mapToMerge(source: Tree, offset: number): TreeMap {
  if (source.kind === 'map') return source;
  throw new SyntaxFault('map merge requires map or sequence of maps as the value', offset);
}

function offsetOf(node: ParsedNode, { base }: Reading): number {
  return base + (node.range?.[0] ?? 0);
}
