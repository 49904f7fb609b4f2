import { Text } from '@codemirror/state';
import type { Finding } from '@portolan/check';
import { describe, expect, it } from 'vitest';

import { codeLink, diagnosticsOf, MARKED, rangeOf } from './diagnostics.ts';

const text = Text.of(['kind: Service', '  port: 80  # the port', '', 'last']);
const marked = (line: number, column: number): string => {
  const { from, to } = rangeOf({ line, column }, text);
  return text.sliceString(from, to);
};
const finding = (line: number, column: number, severity: Finding['severity']): Finding => ({
  severity,
  code: 'SomeCode',
  message: `at ${line}`,
  file: 'manifests.yaml',
  line,
  column,
});

describe('the range of a finding', () => {
  it('goes from its column to the end of its line', () => {
    expect(marked(1, 7)).toBe('Service');
  });

  it('leaves out a comment and the blanks before it', () => {
    expect(marked(2, 3)).toBe('port: 80');
  });

  it('is the whole line where there is nothing after its column', () => {
    expect(marked(1, 99)).toBe('kind: Service');
  });

  it.each([
    [0, 0, 'kind: Service'],
    [99, 1, 'last'],
    [3, 1, ''],
  ])('of a place that is not in the text (%d:%d) is near it', (line, column, range) => {
    expect(marked(line, column)).toBe(range);
  });
});

describe('marks', () => {
  it('are in the order of the text, with the severities that the editor knows', () => {
    const marks = diagnosticsOf(
      [finding(4, 1, 'error'), finding(1, 1, 'notice'), finding(2, 3, 'warning')],
      text,
      undefined,
    );
    expect(marks.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      'info at 1',
      'warning at 2',
      'error at 4',
    ]);
  });

  it('are not more than the editor draws swiftly', () => {
    const findings = Array.from({ length: MARKED + 1 }, () => finding(1, 1, 'error'));
    expect(diagnosticsOf(findings, text, undefined)).toHaveLength(MARKED);
  });
});

describe('a code', () => {
  it('is explained at its heading in the catalogue', () => {
    expect(codeLink('/reference/codes/', 'BackendServiceNotFound')).toBe(
      '/reference/codes/#backendservicenotfound',
    );
  });
});
