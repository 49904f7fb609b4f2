import { readJSON } from '../json/read-json.ts';
import type { Tree } from '../tree/tree.ts';
import { readYAML } from '../yaml/read-yaml.ts';
import { splitDocuments } from '../yaml/split-documents.ts';
import type { DocumentText } from './document-text.ts';
import { SyntaxFault } from './syntax-fault.ts';

/** What a document holds, or what keeps it from being read. */
export type ReadDocument =
  | { readonly tree: Tree; readonly fault?: never }
  | { readonly tree?: never; readonly fault: SyntaxFault; readonly document: DocumentText };

/**
 * The documents of a file, without the empty ones. A fault in one leaves the others alone, except in JSON, where nothing
 * tells where the next one begins.
 */
export function readDocuments(file: string, text: string): readonly ReadDocument[] {
  return file.endsWith('.json')
    ? readJSONValues({ text, offset: 0 })
    : splitDocuments(text).flatMap(readYAMLDocument);
}

function readYAMLDocument(document: DocumentText): readonly ReadDocument[] {
  try {
    return withoutEmpty(readYAML(document));
  } catch (error) {
    // Several JSON values in a row, as jq prints them, are JSON, but no YAML.
    const values = document.text.trimStart().startsWith('{') ? readJSONValues(document) : [];
    const faultless = values.length > 0 && values.every(({ fault }) => fault === undefined);
    return faultless ? values : [faulty(error, document)];
  }
}

function readJSONValues(document: DocumentText): readonly ReadDocument[] {
  const documents: ReadDocument[] = [];
  try {
    for (const tree of readJSON(document)) documents.push(...withoutEmpty(tree));
  } catch (error) {
    documents.push(faulty(error, document));
  }
  return documents;
}

/** A null says as little as nothing at all. */
function withoutEmpty(tree: Tree | undefined): readonly ReadDocument[] {
  return tree === undefined || (tree.kind === 'scalar' && tree.value === null) ? [] : [{ tree }];
}

function faulty(error: unknown, document: DocumentText): ReadDocument {
  if (!(error instanceof SyntaxFault)) throw error;
  return { fault: error, document };
}
