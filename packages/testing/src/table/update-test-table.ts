import { canonicalJSON } from '@portolan/core';
import { formatDiagnostic } from '@portolan/manifests';

import { ask } from '../asked/asked.ts';
import { check } from '../expectation/check.ts';
import { revise } from '../expectation/revise.ts';
import {
  compiledManifests,
  type ManifestsUnderTest,
} from '../manifests-under-test/manifests-under-test.ts';
import { parseTestTable } from './parse-test-table.ts';
import { rewriteExpectations } from './rewrite-expectations.ts';
import type { TestTable } from './test-table.ts';

/**
 * The text of a test file with what is, where something else is expected or nothing. Everything else stays as it is written:
 * comments, order, quotes, spaces. Where all tests pass, it is the text that was given.
 *
 * @param file As shown to people.
 * @throws {FaultyManifests} where an object of the manifests would be missing
 * @throws {TypeError} for a file with errors, and for one that is written in such a way that it can only be changed by hand
 */
export function updateTestTable(text: string, manifests: ManifestsUnderTest, file: string): string {
  const before = parsed(text, file);
  const compiled = compiledManifests(manifests);
  const tests = before.tests.map((test) => {
    const asked = ask(compiled, test.request);
    return check(test.expect, asked).length === 0
      ? test
      : { ...test, expect: revise(test.expect, asked) };
  });
  const changed = new Map(
    tests.flatMap(({ expect }, index) =>
      expect === before.tests[index]?.expect ? [] : [[index, expect] as const],
    ),
  );
  if (changed.size === 0) return text;
  const updated = rewriteExpectations(text, changed);
  const { table: after } = parseTestTable(updated, file);
  if (after === undefined || content(after) !== content({ ...before, tests })) {
    throw new TypeError(
      `${file} is written in such a way that it can only be changed by hand: write mappings as key: value`,
    );
  }
  return updated;
}

function parsed(text: string, file: string): TestTable {
  const { table, diagnostics } = parseTestTable(text, file);
  if (table === undefined) throw new TypeError(diagnostics.map(formatDiagnostic).join('\n'));
  return table;
}

/** Lines aside, which move. */
function content({ manifests, tests }: TestTable): string {
  return canonicalJSON([
    manifests,
    tests.map(({ name, request, expect }) => [name, request, expect]),
  ]);
}
