import { describe, expect, it } from 'vitest';

import { formatFieldError } from '../field-error/field-error.ts';
import { validateLabelKey, validateLabels, validateLabelValue } from './labels.ts';

const VALUE_MESSAGE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

describe('a label key', () => {
  it('is a qualified name', () => {
    expect(validateLabelKey('app.kubernetes.io/part-of')).toEqual([]);
    expect(validateLabelKey('a'.repeat(64))).toEqual([
      'name part must be no more than 63 characters',
    ]);
    expect(validateLabelKey('/part-of')).toEqual(['prefix part must be non-empty']);
  });
});

describe('a label value', () => {
  it.each(['', 'a', 'MyValue', '1.2_3-4', 'a'.repeat(63)])('may be %j', (value) => {
    expect(validateLabelValue(value)).toEqual([]);
  });

  it.each(['-', 'a-', '.a', '_', 'a b', 'a/b', 'a\n', 'é'])('may not be %j', (value) => {
    expect(validateLabelValue(value)).toEqual([VALUE_MESSAGE]);
  });

  it('has at most 63 bytes', () => {
    expect(validateLabelValue('a'.repeat(64))).toEqual(['must be no more than 63 characters']);
    expect(validateLabelValue(`${'a'.repeat(64)}!`)).toEqual([
      'must be no more than 63 characters',
      VALUE_MESSAGE,
    ]);
  });
});

describe('labels', () => {
  it('are without fault when every key and value is', () => {
    expect(validateLabels({}, 'metadata.labels')).toEqual([]);
    expect(validateLabels({ app: 'shop', canary: '' }, 'metadata.labels')).toEqual([]);
  });

  it('are reported under their own field, with the offending key or value', () => {
    const long = 'v'.repeat(64);
    expect(
      validateLabels({ b: long, 'a/': 'x' }, 'spec.template.labels').map(formatFieldError),
    ).toEqual([
      'spec.template.labels: Invalid value: "a/": name part must be non-empty',
      expect.stringMatching(
        /^spec\.template\.labels: Invalid value: "a\/": name part must consist/,
      ),
      `spec.template.labels: Invalid value: "${long}": must be no more than 63 characters`,
    ]);
  });

  it('are reported in the same order however they were written', () => {
    expect(validateLabels({ a: '-', b: '_' }, 'metadata.labels')).toEqual(
      validateLabels({ b: '_', a: '-' }, 'metadata.labels'),
    );
  });

  it('may be named like the properties of every object', () => {
    const labels: Record<string, string> = JSON.parse('{"__proto__": "-", "constructor": "_"}');
    expect(validateLabels(labels, 'metadata.labels').map(({ value }) => value)).toEqual([
      '__proto__',
      '-',
      '_',
    ]);
  });
});
