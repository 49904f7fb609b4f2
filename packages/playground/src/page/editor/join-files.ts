/** A file that was dropped or chosen. */
export interface DroppedFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Several files as documents of one text, each below a comment with its name, in the order of their names. JSON is laid out
 * anew, since tabs may not indent YAML; what isn't JSON after all stays as it is.
 */
export function joinFiles(files: readonly DroppedFile[]): string {
  return files
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    .map(({ name, text }) => `# ${oneLine(name)}\n${contentOf(name, text)}`)
    .join('---\n');
}

function contentOf(name: string, text: string): string {
  const content = name.toLowerCase().endsWith('.json') ? laidOut(text) : text;
  // A file that begins and ends with a separator of its own would make an empty document here.
  const trimmed = content
    .replace(/^\uFEFF/, '')
    .replace(/^---[ \t]*\r?\n/, '')
    .replace(/(?:^|\n)---\s*$/, '\n');
  return trimmed.endsWith('\n') ? trimmed : `${trimmed}\n`;
}

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A name can't end the comment that it stands in. */
function oneLine(name: string): string {
  return name.replace(/\p{Cc}+/gu, ' ');
}
