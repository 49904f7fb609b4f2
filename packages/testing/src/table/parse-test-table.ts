import { diagnosticAt, offsetOf, parseDocument, type YAMLDocument } from '@portolan/document';

import { formatRequest, readRequest } from '../request/read-request.ts';
import { tableSchema, type WrittenTable } from './schema.ts';
import type { ParsedTestTable, TestTable } from './test-table.ts';

/**
 * Reads a test file. Nothing is read that a schema doesn't know, and nothing that contradicts itself.
 *
 * Codes: `InvalidSyntax`, `InvalidField`, `UnknownField`, and as a warning `DuplicateName`.
 *
 * @param file As shown to people.
 */
export function parseTestTable(text: string, file: string): ParsedTestTable {
  const parsed = parseDocument(text, file, tableSchema);
  if (parsed.value === undefined) return parsed;
  const { value, document } = parsed;
  const diagnostics = duplicateNames(value.tests.map(({ name }) => name)).map(
    ({ index, first }) => {
      const { line } = document.position(offsetOf(document, ['tests', first, 'name']));
      const message = `the test in line ${line} has this name, too`;
      const said = { severity: 'warning', code: 'DuplicateName', message } as const;
      return diagnosticAt(document, file, ['tests', index, 'name'], said);
    },
  );
  return { table: tableOf(value, file, document), diagnostics };
}

function tableOf(
  { manifests = [], tests }: WrittenTable,
  file: string,
  read: YAMLDocument,
): TestTable {
  return {
    file,
    manifests,
    tests: tests.map(({ name, request: written, expect }, index) => {
      const request = readRequest(written);
      return {
        name: name ?? formatRequest(request),
        line: read.position(offsetOf(read, ['tests', index])).line,
        request,
        expect: expect ?? {},
      };
    }),
  };
}

/** Which tests have the name of an earlier one. Those without a name of their own may ask for the same in different ways. */
function duplicateNames(
  names: readonly (string | undefined)[],
): readonly { readonly index: number; readonly first: number }[] {
  const firsts = new Map<string, number>();
  return names.flatMap((name, index) => {
    if (name === undefined) return [];
    const first = firsts.get(name);
    if (first !== undefined) return [{ index, first }];
    firsts.set(name, index);
    return [];
  });
}
