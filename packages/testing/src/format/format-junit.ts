import { formatExplanation } from '@portolan/explain';

import type { TestResult, TestResults } from '../table/run-test-table.ts';
import { xml, type XML } from './xml.ts';

/** Results as JUnit XML, as CI systems read it: a test suite for each file. */
export function formatJUnit(files: readonly TestResults[]): string {
  const all = files.flatMap(({ results }) => results);
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="portolan test" tests="${all.length}" failures="${countFailures(all)}" errors="0">
${files.map(formatSuite)}</testsuites>
`.toString();
}

function formatSuite({ file, results }: TestResults): XML {
  return xml`  <testsuite name="${file}" tests="${results.length}" failures="${countFailures(results)}" errors="0" skipped="0">
${results.map((result) => formatCase(file, result))}  </testsuite>
`;
}

function formatCase(file: string, { name, line, failures, explanation }: TestResult): XML {
  const message = failures.join('; ');
  const text = `${message}\n\n${formatExplanation(explanation)}`;
  const failure = xml`<failure message="${message}" type="AssertionError">${text}</failure>`;
  return xml`    <testcase classname="${file}" name="${name}" file="${file}" line="${line}">${failures.length > 0 ? failure : ''}</testcase>
`;
}

function countFailures(results: readonly TestResult[]): number {
  return results.filter(({ passed }) => !passed).length;
}
