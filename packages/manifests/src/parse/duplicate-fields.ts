import { readDocuments } from '../document/read-documents.ts';
import { visit } from '../tree/visit.ts';

/**
 * The fields that are given twice in the text of one object, JSON or YAML, as `spec.ports[0].port`: `JSON.parse` doesn't
 * tell of them, and strict decoding refuses them. None where the text can't be read. Never throws.
 */
export function duplicateFields(text: string): readonly string[] {
  const fields: string[] = [];
  for (const { tree } of readDocuments(
    text.trimStart().startsWith('{') ? '.json' : '.yaml',
    text,
  )) {
    if (tree === undefined) continue;
    visit(tree, {
      entry: (_, field, duplicate) => {
        if (duplicate) fields.push(field);
      },
    });
  }
  return fields;
}
