import { isMap, parseAllDocuments, stringify, type Document } from 'yaml';

import type { Authored } from './authored.ts';
import { setValue } from './set-value.ts';

/**
 * Texts for a new file with one object, the first one the nicest to read. Whoever takes one has to see whether it is read back
 * as what it was: YAML has its corners, JSON has none.
 */
export function manifestTexts(authored: Authored): readonly string[] {
  // As YAML 1.1 writes it, so that kubectl reads no text such as `yes` as something else.
  return [stringify(authored, { version: '1.1', lineWidth: 0 }), jsonText(authored, 2)];
}

/**
 * Texts for a file in which an object stands: the same text with another object in its place, the nicest first. Other
 * documents stay as they are, byte for byte. None where it doesn't stand in a document of its own.
 */
export function replacedTexts(file: string, text: string, authored: Authored): readonly string[] {
  if (file.endsWith('.json')) {
    return standsAlone(text, authored) ? [jsonText(authored, indentOf(text))] : [];
  }
  const found = documentsOf(text).findLast(({ document }) => isOf(document, authored));
  if (found === undefined) return [];
  const { document, begin, end } = found;
  const [before, after] = [text.slice(0, begin), text.slice(end)];
  const start = /^---(?:\s|$)/mu.test(text.slice(begin, end)) ? '---\n' : '';
  const edited = editedText(document, text.slice(begin, end), authored);
  return [
    ...(edited === undefined ? [] : [edited]),
    ...manifestTexts(authored).map((each) => `${start}${each}`),
  ].map((each) => before + withLineEnds(each, text) + after);
}

/** The text without an object; blank where nothing else is in it. `undefined` where it has no document of its own. */
export function removedText(file: string, text: string, authored: Authored): string | undefined {
  if (file.endsWith('.json')) return standsAlone(text, authored) ? '' : undefined;
  const documents = documentsOf(text);
  const rest = documents.filter(({ document }) => !isOf(document, authored));
  if (rest.length === documents.length) return undefined;
  const isEmpty = rest.every(
    ({ document }) => document.contents === null && document.errors.length === 0,
  );
  return isEmpty ? '' : rest.map(({ begin, end }) => text.slice(begin, end)).join('');
}

/** A document of a YAML stream, with the comments and directives before it. */
interface FoundDocument {
  readonly document: Document.Parsed;
  readonly begin: number;
  readonly end: number;
}

function documentsOf(text: string): readonly FoundDocument[] {
  const documents = parseAllDocuments(text, { merge: true });
  if (!Array.isArray(documents)) return [];
  let begin = 0;
  return documents.map((document: Document.Parsed, index) => {
    const end = index === documents.length - 1 ? text.length : document.range[2];
    const found = { document, begin, end };
    begin = end;
    return found;
  });
}

function isOf(document: Document.Parsed, authored: Authored): boolean {
  if (document.errors.length > 0 || !isMap(document.contents)) return false;
  const { apiVersion, kind, metadata } = authored;
  return (
    document.get('apiVersion') === apiVersion &&
    document.get('kind') === kind &&
    document.getIn(['metadata', 'name']) === metadata.name &&
    // The namespace of a manifest of a kind without namespaces counts for nothing.
    (metadata['namespace'] === undefined ||
      (document.getIn(['metadata', 'namespace']) || 'default') === metadata['namespace'])
  );
}

/** A list whose items begin in the column of its key. Comments and blank lines may stand between them. */
const SEQUENCE_AT_KEY = /^( *)[^\s#-].*:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*\1- /mu;

/** The document with the object's values set in it, so that comments and style stay. */
function editedText(
  document: Document.Parsed,
  text: string,
  authored: Authored,
): string | undefined {
  const { namespace, ...metadata } = authored.metadata;
  // Whoever left it out need not have it written for them.
  const isAssumed = namespace === 'default' && !document.hasIn(['metadata', 'namespace']);
  const value = isAssumed ? { ...authored, metadata } : authored;
  const indentSeq = !SEQUENCE_AT_KEY.test(text);
  try {
    setValue(document, document.contents, value);
    return document.toString({ lineWidth: 0, indent: indentOf(text), indentSeq });
  } catch {
    // An anchor may be gone that something still refers to.
    return undefined;
  }
}

function standsAlone(text: string, { kind, metadata }: Authored): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === 'object' &&
      value !== null &&
      'kind' in value &&
      value.kind === kind &&
      'metadata' in value &&
      typeof value.metadata === 'object' &&
      value.metadata !== null &&
      'name' in value.metadata &&
      value.metadata.name === metadata.name
    );
  } catch {
    return false;
  }
}

/** Characters that YAML has break lines, or that not everybody passes on, are escaped. */
function jsonText(value: unknown, indent: number): string {
  const text = JSON.stringify(value, undefined, indent).replaceAll(
    /[\u007F-\u009F\u2028\u2029\uFEFF]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${text}\n`;
}

function indentOf(text: string): number {
  return /\n( +)[^\s#-]/u.exec(text)?.[1]?.length ?? 2;
}

function withLineEnds(written: string, original: string): string {
  return original.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written;
}
