import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Finding } from '@portolan/check';

/** How many findings are marked in the text at most. */
export const MARKED = 500;

/** Findings as the editor marks them, in the order of the text. One beyond the text's end is put at its end. */
export function diagnosticsOf(
  findings: readonly Finding[],
  text: Text,
  docs: string | undefined,
): readonly Diagnostic[] {
  return findings
    .slice(0, MARKED)
    .map((finding): Diagnostic => ({
      ...rangeOf(finding, text),
      severity: finding.severity === 'notice' ? 'info' : finding.severity,
      message: finding.message,
      renderMessage: () => explanationOf(finding, docs),
    }))
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
}

/** From where it is to the end of its line: a comment and blanks at the end don't count. */
export function rangeOf(
  { line, column }: Pick<Finding, 'line' | 'column'>,
  text: Text,
): { readonly from: number; readonly to: number } {
  const place = text.line(Math.min(Math.max(line, 1), text.lines));
  const content = place.text.replace(/(?:^|\s+)#.*$/, '').trimEnd();
  const from = place.from + Math.min(Math.max(column - 1, 0), place.length);
  const to = place.from + content.length;
  return to > from ? { from, to } : { from: place.from, to: place.to };
}

/** Where the catalogue explains a code. */
export function codeLink(docs: string, code: string): string {
  return `${docs}#${code.toLowerCase()}`;
}

function explanationOf({ message, remedy, code }: Finding, docs: string | undefined): Node {
  const whole = document.createElement('div');
  whole.className = 'p-tip';
  whole.append(paragraph(message));
  if (remedy !== undefined) whole.append(paragraph(remedy));
  whole.append(docs === undefined ? paragraph(code) : anchor(codeLink(docs, code), code));
  return whole;
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}

function anchor(href: string, text: string): HTMLElement {
  const element = document.createElement('a');
  element.href = href;
  element.textContent = text;
  element.target = '_blank';
  element.rel = 'noopener';
  return element;
}
