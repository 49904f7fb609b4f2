import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  Scalar,
  stringify,
  visit,
  type Document,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

import { sameJSON } from '../json/same-json.ts';

/**
 * Makes a node of a YAML document have a value, and leaves alone what in it has that value already, comments included.
 *
 * @returns The node that is to stand in its place: the same one where it could be changed.
 */
export function setValue(document: Document, node: Node | null, value: unknown): Node {
  if (node === null) return newNode(document, value);
  if (sameJSON(node.toJS(document), value)) return node;
  if (isMap(node) && isRecord(value)) return setEntries(document, node, value);
  if (isSeq(node) && Array.isArray(value)) return setItems(document, node, value);
  if (isScalar(node) && typeof node.value === typeof value && isQuoted(node)) {
    node.value = value;
    return node;
  }
  const made = newNode(document, value);
  if (isScalar(node) && isScalar(made)) {
    made.comment = node.comment;
    made.commentBefore = node.commentBefore;
  }
  return made;
}

function setEntries(
  document: Document,
  map: YAMLMap,
  value: Readonly<Record<string, unknown>>,
): Node {
  map.items = map.items.filter(({ key }) => {
    const name: unknown = isScalar(key) ? key.value : key;
    return typeof name === 'string' && value[name] !== undefined;
  });
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const there: unknown = map.get(key, true);
    map.set(key, setValue(document, isNode(there) ? there : null, item));
  }
  return map;
}

function setItems(document: Document, list: YAMLSeq, values: readonly unknown[]): Node {
  list.items = values.map((value, index) => {
    const there: unknown = list.items[index];
    return setValue(document, isNode(there) ? there : null, value);
  });
  return list;
}

/** Text that YAML 1.1, and with it kubectl, reads as something else is put in quotes. */
function newNode(document: Document, value: unknown): Node {
  const node = document.createNode(value);
  visit(node, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value !== 'string') return;
      if (/^["']/u.test(stringify(scalar.value, { version: '1.1' }))) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  return node;
}

function isQuoted({ type }: Scalar): boolean {
  return type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
