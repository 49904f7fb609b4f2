import { compareText } from '@portolan/core';

import type { Finding } from './finding.ts';

/** Orders findings by file, line, column, code, and then by what they say. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}
