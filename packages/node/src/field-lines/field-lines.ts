import type { HeaderFields } from '@portolan/proxy';

import { FieldList, isFieldName, isFieldValue, type RawFields } from './field-list.ts';

export { isFieldName, isFieldValue, type RawFields };

/** Each field line of a message, its name in lower case. */
export function* fieldLines(raw: RawFields): Generator<readonly [name: string, value: string]> {
  for (let at = 0; at + 1 < raw.length; at += 2) {
    yield [(raw[at] ?? '').toLowerCase(), raw[at + 1] ?? ''];
  }
}

/**
 * The values of all lines of a field, in their order.
 *
 * @param name In lower case.
 */
export function valuesOf(raw: RawFields, name: string): readonly string[] {
  let values: string[] | undefined;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const text = raw[at] ?? '';
    if (text.length !== name.length || text.toLowerCase() !== name) continue;
    (values ??= []).push(raw[at + 1] ?? '');
  }
  return values ?? NONE;
}

const NONE: readonly string[] = [];

/**
 * The header section as the Fetch standard has it, each line appended by itself.
 *
 * @throws TypeError where a name or value is none that it allows.
 */
export function toHeaders(raw: RawFields): Headers {
  const headers = new Headers();
  for (const [name, value] of fieldLines(raw)) headers.append(name, value);
  return headers;
}

/** The fields for `node:http` to write, names in lower case, every Set-Cookie apart. */
export function rawFields(fields: HeaderFields): RawFields {
  return fields instanceof FieldList ? fields.lines : Array.from(fields).flat();
}
