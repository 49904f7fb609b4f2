import type { DocumentText } from '../document/document-text.ts';
import { MAX_DEPTH, SyntaxFault } from '../document/syntax-fault.ts';
import type { Tree, TreeEntry } from '../tree/tree.ts';

const SPACE = /[ \t\r\n]*/uy;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/uy;
const WORD = /[A-Za-z_$][\w$]*/uy;
const WORDS: ReadonlyMap<string, true | false | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** A place in a text that moves on as it is read. */
interface Cursor {
  readonly text: string;
  /** Where the text begins in its file. */
  readonly base: number;
  offset: number;
}

/**
 * Reads a stream of JSON values (RFC 8259), one after the other, and hands each over as soon as it is complete.
 *
 * @throws SyntaxFault at the first character that does not fit
 */
export function* readJSON({ text, offset: base }: DocumentText): Generator<Tree, void, undefined> {
  const cursor: Cursor = { text, base, offset: 0 };
  for (skip(cursor, SPACE); cursor.offset < text.length; skip(cursor, SPACE)) {
    yield readValue(cursor, 0);
  }
}

function place({ base, offset }: Cursor): number {
  return base + offset;
}

/** Moves over what `pattern` finds right here, and gives it back. */
function skip(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.offset;
  const found = pattern.exec(cursor.text)?.[0];
  cursor.offset += found?.length ?? 0;
  return found;
}

function fail(cursor: Cursor, expected: string): never {
  const { text, offset } = cursor;
  const character = text.codePointAt(offset);
  const found =
    character === undefined
      ? 'the end of the file'
      : JSON.stringify(String.fromCodePoint(character));
  const comment =
    text.startsWith('//', offset) || text.startsWith('/*', offset) || text[offset] === '#';
  const hint = comment ? '; JSON has no comments' : '';
  throw new SyntaxFault(`JSON: expected ${expected}, found ${found}${hint}`, place(cursor));
}

function readValue(cursor: Cursor, depth: number): Tree {
  if (depth > MAX_DEPTH) {
    throw new SyntaxFault(`maps and lists nest deeper than ${MAX_DEPTH} levels`, place(cursor));
  }
  const start = cursor.offset;
  const offset = place(cursor);
  const first = cursor.text[start];
  if (first === '{') return readMap(cursor, depth);
  if (first === '[') return readList(cursor, depth);
  if (first === '"') return { kind: 'scalar', offset, value: readString(cursor) };
  const number = skip(cursor, NUMBER);
  if (number !== undefined) {
    return { kind: 'scalar', offset, value: Number(number) };
  }
  const value = WORDS.get(skip(cursor, WORD) ?? '');
  if (value === undefined) {
    cursor.offset = start;
    return fail(cursor, 'a value');
  }
  return { kind: 'scalar', offset, value };
}

function readString(cursor: Cursor): string {
  const { text, offset } = cursor;
  let end = text.indexOf('"', offset + 1);
  while (end !== -1 && backslashesBefore(text, end) % 2 === 1) {
    end = text.indexOf('"', end + 1);
  }
  try {
    const value = String(JSON.parse(text.slice(offset, end + 1)));
    cursor.offset = end + 1;
    return value;
  } catch {
    throw new SyntaxFault(
      'JSON: a string must end on its line and hold no bad escape or control character',
      place(cursor),
    );
  }
}

function backslashesBefore(text: string, offset: number): number {
  let count = 0;
  while (text[offset - 1 - count] === '\\') {
    count += 1;
  }
  return count;
}

/** Reads what stands between `open` and `close`, separated by commas. */
function readItems(cursor: Cursor, close: string, expected: string, readItem: () => void): void {
  cursor.offset += 1;
  skip(cursor, SPACE);
  if (cursor.text[cursor.offset] === close) {
    cursor.offset += 1;
    return;
  }
  for (;;) {
    readItem();
    skip(cursor, SPACE);
    const separator = cursor.text[cursor.offset];
    if (separator !== ',' && separator !== close) {
      fail(cursor, `"," or "${close}" after ${expected}`);
    }
    cursor.offset += 1;
    if (separator === close) {
      return;
    }
    skip(cursor, SPACE);
  }
}

function readList(cursor: Cursor, depth: number): Tree {
  const offset = place(cursor);
  const items: Tree[] = [];
  readItems(cursor, ']', 'a list item', () => {
    items.push(readValue(cursor, depth + 1));
  });
  return { kind: 'list', offset, items };
}

function readMap(cursor: Cursor, depth: number): Tree {
  const offset = place(cursor);
  const entries = new Map<string, TreeEntry>();
  const duplicates: TreeEntry[] = [];
  readItems(cursor, '}', 'a value', () => {
    const entry = readEntry(cursor, depth);
    if (entries.has(entry.key)) {
      duplicates.push(entry);
    } else {
      entries.set(entry.key, entry);
    }
  });
  return { kind: 'map', offset, entries, duplicates };
}

function readEntry(cursor: Cursor, depth: number): TreeEntry {
  const offset = place(cursor);
  if (cursor.text[cursor.offset] !== '"') {
    fail(cursor, 'a key in double quotes');
  }
  const key = readString(cursor);
  skip(cursor, SPACE);
  if (cursor.text[cursor.offset] !== ':') {
    fail(cursor, '":" after a key');
  }
  cursor.offset += 1;
  skip(cursor, SPACE);
  return { offset, key, value: readValue(cursor, depth + 1) };
}
