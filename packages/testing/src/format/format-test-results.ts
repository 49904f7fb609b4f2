import { formatExplanation } from '@portolan/explain';
import { PLAIN, styleOf, wrap, type Style, type Terminal } from '@portolan/terminal';

import type { TestResult, TestResults } from '../table/run-test-table.ts';

/** Results for people: failures in full, with where the request goes and why, and a line that sums up. */
export function formatTestResults(
  files: readonly TestResults[],
  terminal: Terminal = PLAIN,
): string {
  const style = styleOf(terminal);
  const failed = files.flatMap(({ file, results }) =>
    results
      .filter(({ passed }) => !passed)
      .map((result) => formatFailure(file, result, terminal, style)),
  );
  const total = files.reduce((sum, { results }) => sum + results.length, 0);
  const passed = total - failed.length;
  const summary = [
    ...(passed > 0 || failed.length === 0 ? [style.green(`${passed} passed`)] : []),
    ...(failed.length > 0 ? [style.red(`${failed.length} failed`)] : []),
  ].join(', ');
  return `${[...failed, summary].join('\n\n')}\n`;
}

function formatFailure(
  file: string,
  { name, line, failures, explanation }: TestResult,
  terminal: Terminal,
  { bold, red, dim }: Style,
): string {
  const width = terminal.width - INDENT.length;
  return [
    `${red('✗')} ${bold(name)} ${dim(`${file}:${line}`)}`,
    ...failures.map((failure) => `${INDENT}${wrap(failure, terminal, INDENT.length)}`),
    '',
    indented(formatExplanation(explanation, { ...terminal, width })),
  ].join('\n');
}

const INDENT = '  ';

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^(?=.)/gm, INDENT);
}
