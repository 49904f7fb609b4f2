import type { Diagnostic } from '@portolan/manifests';
import * as v from 'valibot';

import { faultsOf, formatPath } from '../schema/faults.ts';
import { offsetOf, readDocument, type YAMLDocument } from './read-document.ts';

/** What a document says, or what is wrong with it. */
export type ParsedDocument<Value> =
  | { readonly value: Value; readonly document: YAMLDocument }
  | { readonly value?: undefined; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads a document of YAML by a schema. Nothing is read that the schema doesn't know.
 *
 * Codes: `InvalidSyntax`, `InvalidField`, `UnknownField`.
 *
 * @param file As shown to people.
 */
export function parseDocument<Value>(
  text: string,
  file: string,
  schema: v.GenericSchema<unknown, Value>,
): ParsedDocument<Value> {
  const document = readDocument(text);
  if (document.fault !== undefined) {
    const { offset, message } = document.fault;
    const place = { file, ...document.position(offset) };
    return { diagnostics: [{ severity: 'error', code: 'InvalidSyntax', message, ...place }] };
  }
  const parsed = v.safeParse(schema, document.value);
  if (parsed.success) return { value: parsed.output, document };
  const diagnostics = faultsOf(parsed.issues).map(({ path, code, message }) =>
    diagnosticAt(document, file, path, { severity: 'error', code, message }),
  );
  return { diagnostics: diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

/** Something to be said of the value at `path`. */
export function diagnosticAt(
  document: YAMLDocument,
  file: string,
  path: readonly (number | string)[],
  { severity, code, message }: Pick<Diagnostic, 'code' | 'message' | 'severity'>,
): Diagnostic {
  const field = formatPath(path);
  return {
    severity,
    code,
    message: field === '' ? message : `${field}: ${message}`,
    file,
    ...document.position(offsetOf(document, path)),
    ...(field !== '' && { field }),
  };
}
