import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';

/** A text, read as YAML. */
export interface YAMLDocument {
  readonly document: Document.Parsed;
  /** The value in it; `undefined` where it can't be read. */
  readonly value: unknown;
  /** What keeps it from being read, in its words, and where. */
  readonly fault?: { readonly message: string; readonly offset: number };
  /** Line and column of an offset, from 1; the column in UTF-16 code units. */
  readonly position: (offset: number) => { readonly line: number; readonly column: number };
}

export function readDocument(text: string): YAMLDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    logLevel: 'error',
  });
  const position: YAMLDocument['position'] = (offset) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    const fault = { message: error.message, offset: Math.min(error.pos[0], text.length) };
    return { document, value: undefined, fault, position };
  }
  try {
    return { document, value: document.toJS(), position };
  } catch (thrown) {
    // An alias to nothing, or one that stands for too much.
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { document, value: undefined, fault: { message, offset: 0 }, position };
  }
}

/** Where the key or the list item at `path` begins, or the nearest one that holds it. */
export function offsetOf({ document }: YAMLDocument, path: readonly (number | string)[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === key);
      offset = rangeOf(pair?.key) ?? offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = rangeOf(node) ?? offset;
    } else break;
  }
  return offset;
}

function rangeOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
