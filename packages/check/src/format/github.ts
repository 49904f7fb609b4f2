import type { Finding } from '../finding/finding.ts';
import { objectText } from '../finding/object-text.ts';
import { printable } from './printable.ts';

/**
 * Findings as commands that GitHub Actions turns into annotations of the changed files, one a line. Without a newline at the end.
 *
 * Source: GitHub documentation, Workflow commands, Setting a notice, warning or error message.
 */
export function formatGitHub(findings: readonly Finding[]): string {
  return findings.map(commandOf).join('\n');
}

function commandOf(finding: Finding): string {
  const { severity, code, file, line, column, message, remedy, related = [] } = finding;
  const subject = objectText(finding);
  const text = [
    subject === '' ? message : `${subject}: ${message}`,
    ...(remedy === undefined ? [] : [remedy]),
    ...related.map((place) => `${place.file}:${place.line}:${place.column}: ${place.message}`),
  ].join('\n');
  const properties = Object.entries({ file, line, col: column, title: code })
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  return `::${severity} ${properties}::${escapeData(text)}`;
}

/** As the runner reads it back: `%` first, since it begins the other escapes. */
function escapeData(text: string): string {
  return printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
