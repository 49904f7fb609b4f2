import { describe, expect, it } from 'vitest';

import { duplicateFields } from './duplicate-fields.ts';

describe('fields that are given twice', () => {
  it.each([
    ['{"a": 1, "b": {"c": 1, "c": 2}, "a": [3]}', ['b.c', 'a']],
    [
      '{"spec": {"ports": [{}, {"port": 1, "port": 1, "port": 2}]}}',
      ['spec.ports[1].port', 'spec.ports[1].port'],
    ],
    ['{"labels": {"example.com/a": "", "example.com/a": ""}}', ['labels[example.com/a]']],
    ['spec:\n  type: a\nkind: b\nkind: c\n', ['kind']],
    ['{"a": 1, "b": 1}', []],
    ['{"a": ', []],
    ['', []],
  ])('of %j are %j', (text, fields) => {
    expect(duplicateFields(text)).toEqual(fields);
  });
});
