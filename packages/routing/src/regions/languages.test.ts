import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normalizePath } from '../path/path.ts';
import { matchesProgram } from '../regular-expression/run.ts';
import {
  FIELD_VALUE,
  JOINED_FIELD_VALUES,
  languageProgram,
  NORMAL_PATH,
  PARAMETER_VALUE,
} from './languages.ts';

const [normalPath, fieldValue, joinedFieldValues, parameterValue] = [
  NORMAL_PATH,
  FIELD_VALUE,
  JOINED_FIELD_VALUES,
  PARAMETER_VALUE,
].map(
  (pattern) =>
    (text: string): boolean =>
      matchesProgram(languageProgram(pattern), text),
);

describe('normal paths', () => {
  const parts = fc.constantFrom('/', '/', '.', '.', 'a', '~', '%2F', '%41', '%00', '%c3', '%', '!');
  const texts = fc.oneof(
    fc.array(parts).map((list) => `/${list.join('')}`),
    fc.string(),
    fc.string().map((text) => `/${text}`),
  );

  it('are those that normalisation gives back as they are', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(normalPath?.(text)).toBe(normalizePath(text) === text);
        const path = normalizePath(text);
        expect(path === undefined || normalPath?.(path)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('have each character and each escape that normalisation leaves', () => {
    const escape = (octet: number): string => octet.toString(16).toUpperCase().padStart(2, '0');
    const octets = Array.from({ length: 256 }, (_, octet) => octet);
    const paths = octets.flatMap((octet) => [
      `/${String.fromCharCode(octet)}`,
      `/a${String.fromCharCode(octet)}`,
      `/%${escape(octet)}`,
      `/%${escape(octet).toLowerCase()}`,
    ]);
    expect(paths.filter((path) => normalPath?.(path))).toEqual(
      paths.filter((path) => normalizePath(path) === path),
    );
  });
});

describe('values of header fields', () => {
  const parts = fc.constantFrom('a', ' ', '\t', '\n', '\r', '\0', ',', ';', '=', 'é', '\u0001');
  const texts = fc.array(parts, { maxLength: 6 }).map((list) => list.join(''));

  /** As a runtime hands it on; `undefined` where it refuses it. */
  function received(name: string, values: readonly string[]): string | undefined {
    const headers = new Headers();
    try {
      for (const value of values) headers.append(name, value);
    } catch {
      return undefined;
    }
    return headers.get(name) ?? undefined;
  }

  it('are those that a field can carry as they are', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(fieldValue?.(text)).toBe(received('x', [text]) === text);
      }),
      { numRuns: 500 },
    );
  });

  it('are, joined, all that is read of several fields', () => {
    const name = fc.constantFrom('x', 'cookie');
    fc.assert(
      fc.property(name, fc.array(texts, { minLength: 1, maxLength: 3 }), (field, values) => {
        const value = received(field, values);
        expect(value === undefined || joinedFieldValues?.(value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('values of query parameters', () => {
  it('are all texts that can be percent-encoded', () => {
    expect(['', 'a b', 'é\n\0😀', '\ud800'].map((text) => parameterValue?.(text))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
