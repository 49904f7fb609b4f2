import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

import { FAILING, PASSING, resultsOf } from '../../test/results.ts';

const text = readFileSync(
  join(import.meta.dirname, '../../schema/test-results.schema.json'),
  'utf8',
);

describe('schema/test-results.schema.json', () => {
  const validate = new Ajv2020({ strictRequired: false }).compile(JSON.parse(text));

  it('describes what becomes of tests', () => {
    const files = [resultsOf('a.yaml', PASSING), resultsOf('b.yaml', FAILING)];
    validate({ files });
    expect(validate.errors).toBeNull();
  });

  it('knows no other field', () => {
    const files = [{ ...resultsOf('a.yaml', PASSING), extra: true }];
    expect(validate({ files })).toBe(false);
  });
});
