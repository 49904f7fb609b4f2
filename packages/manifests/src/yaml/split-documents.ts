import type { DocumentText } from '../document/document-text.ts';

const CONTENT = /^(?!\s*(?:#|$)|%|\.\.\.(?:\s|$))/u;
const START = /^---(?:\s|$)/u;
const END = /^\.\.\.(?:\s|$)/u;

/**
 * The documents of a YAML stream. No document can hold a line that begins with `---` or `...`, not even in a quoted or
 * block scalar (YAML 1.2.2, rule 206 c-forbidden), so the stream is split before anything in it is parsed, and a syntax
 * error in one document leaves the others alone. Directives and comments stay with the document after them.
 */
export function splitDocuments(stream: string): readonly DocumentText[] {
  const documents: DocumentText[] = [];
  let begin = 0;
  // Whether what was collected since `begin` is a document already, so that the next `---` begins another.
  let begun = false;
  const cut = (at: number): void => {
    documents.push({ text: stream.slice(begin, at), offset: begin });
    begin = at;
    begun = false;
  };
  for (let lineStart = 0; lineStart < stream.length;) {
    const newline = stream.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? stream.length : newline + 1;
    const line = stream.slice(lineStart, lineEnd);
    if (START.test(line)) {
      if (begun) {
        cut(lineStart);
      }
      begun = true;
    } else if (END.test(line)) {
      cut(lineEnd);
    } else if (CONTENT.test(line)) {
      begun = true;
    }
    lineStart = lineEnd;
  }
  if (begin < stream.length) {
    cut(stream.length);
  }
  return documents;
}
