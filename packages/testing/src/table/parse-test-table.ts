import type { Diagnostic } from '@portolan/manifests';
import * as v from 'valibot';

import { formatRequest, readRequest } from '../request/read-request.ts';
import { faultsOf, formatPath } from '../schema/faults.ts';
import { tableSchema, type WrittenTable } from './schema.ts';
import { offsetOf, readTableDocument, type TableDocument } from './table-document.ts';
import type { ParsedTestTable, TestTable } from './test-table.ts';

/**
 * Reads a test file. Nothing is read that a schema doesn't know, and nothing that contradicts itself.
 *
 * Codes: `InvalidSyntax`, `InvalidField`, `UnknownField`, and as a warning `DuplicateName`.
 *
 * @param file As shown to people.
 */
export function parseTestTable(text: string, file: string): ParsedTestTable {
  const read = readTableDocument(text);
  const at = (
    offset: number,
    code: string,
    message: string,
    path: readonly (number | string)[] = [],
  ): Diagnostic => ({
    severity: code === 'DuplicateName' ? 'warning' : 'error',
    code,
    message: path.length === 0 ? message : `${formatPath(path)}: ${message}`,
    file,
    ...read.position(offset),
    ...(path.length > 0 && { field: formatPath(path) }),
  });
  if (read.fault !== undefined) {
    return { diagnostics: [at(read.fault.offset, 'InvalidSyntax', read.fault.message)] };
  }
  const parsed = v.safeParse(tableSchema, read.value);
  if (!parsed.success) {
    const diagnostics = faultsOf(parsed.issues).map(({ path, code, message }) =>
      at(offsetOf(read, path), code, message, path),
    );
    return { diagnostics: diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column) };
  }
  const { tests } = parsed.output;
  const diagnostics = duplicateNames(tests.map(({ name }) => name)).map(({ index, first }) => {
    const path = ['tests', index, 'name'];
    const { line } = read.position(offsetOf(read, ['tests', first, 'name']));
    const message = `the test in line ${line} has this name, too`;
    return at(offsetOf(read, path), 'DuplicateName', message, path);
  });
  return { table: tableOf(parsed.output, file, read), diagnostics };
}

function tableOf(
  { manifests = [], tests }: WrittenTable,
  file: string,
  read: TableDocument,
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
