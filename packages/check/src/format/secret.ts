const SEPARATOR = /^---(?:\s|$)/u;
const KIND = /\bkind["']?\s*:/u;
const SECRET = /\bSecret\b/u;

/** Whether a line, counted from 1, is in a document that names the kind Secret. */
export type IsBesideSecret = (line: number) => boolean;

/**
 * Tells the lines that are beside a Secret. Asked of the text: a document that can't be read has no objects, and one line of
 * JSON may hold many. The lines are gone over once, however often is asked.
 */
export function besideSecret(lines: readonly string[]): IsBesideSecret {
  const documents: number[] = [];
  const confidential = new Set<number>();
  let document = 0;
  for (const text of lines) {
    if (SEPARATOR.test(text)) document++;
    documents.push(document);
    if (namesSecret(text)) confidential.add(document);
  }
  return (line) => confidential.has(documents[line - 1] ?? -1);
}

function namesSecret(text: string): boolean {
  const kind = text.search(KIND);
  return kind >= 0 && SECRET.test(text.slice(kind));
}
