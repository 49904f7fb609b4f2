import { formatFieldError } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { readYAML } from '../yaml/read-yaml.ts';
import { decode, type DecodedTree } from './decode.ts';
import { each, mapOf, object, type Schema } from './object.ts';
import {
  anything,
  boolean,
  bytes,
  int32,
  int32OmitEmpty,
  int64,
  intOrString,
  intOrStringOmitEmpty,
  listOf,
  quantities,
  string,
  stringMap,
  stringOmitEmpty,
  strings,
  time,
} from './values.ts';

const schema: Schema = object({
  ...each(string, 'text other'),
  ...each(int32, 'number count'),
  boolean,
  int64,
  int32OmitEmpty,
  stringOmitEmpty,
  intOrString,
  intOrStringOmitEmpty,
  strings,
  stringMap,
  quantities,
  time,
  anything,
  secret: mapOf(bytes),
  items: listOf(object({ name: string, inner: object({ port: int32 }) })),
});

function read(text: string): DecodedTree {
  const tree = readYAML({ text, offset: 0 });
  if (!tree) throw new Error('the text is empty');
  return decode(schema, tree);
}

const faults = (text: string): readonly string[] => read(text).faults.map(formatFieldError);

describe('decoding', () => {
  it('keeps what is there and adds nothing', () => {
    expect(read('{text: a, number: 0, items: [{name: b}, {inner: {port: 80}}]}').value).toEqual({
      text: 'a',
      number: 0,
      items: [{ name: 'b' }, { inner: { port: 80 } }],
    });
  });

  it('takes a field that is null for absent, and a null in a list or map for the empty value', () => {
    expect(read('{text: null, items: [null], strings: [~], stringMap: {a: }}').value).toEqual({
      items: [{}],
      strings: [''],
      stringMap: { a: '' },
    });
  });

  it('leaves out what is as good as absent when it is empty', () => {
    expect(
      read('{stringOmitEmpty: "", int32OmitEmpty: 0, intOrStringOmitEmpty: 0, text: ""}').value,
    ).toEqual({ text: '' });
  });

  it('reads a number where a number or a string may stand as what it is', () => {
    expect(read('{intOrString: 80}').value).toEqual({ intOrString: 80 });
    expect(read('{intOrString: "80"}').value).toEqual({ intOrString: '80' });
    expect(read('{intOrStringOmitEmpty: http}').value).toEqual({ intOrStringOmitEmpty: 'http' });
  });

  it('names every unknown field with its path', () => {
    expect(
      read('{colour: 1, items: [{name: a}, {nam: b, inner: {constructor: 1}}]}').unknownFields,
    ).toEqual(['colour', 'items[1].nam', 'items[1].inner.constructor']);
  });

  it.each([
    ['text: 1', 'text: Invalid value: 1: must be a string: put it in quotes'],
    ['text: true', 'text: Invalid value: true: must be a string: put it in quotes'],
    ['text: [a]', 'text: Invalid value: "array": must be a string'],
    ['text: {a: b}', 'text: Invalid value: "object": must be a string'],
    ['stringMap: {app: 1}', 'stringMap[app]: Invalid value: 1: must be a string: put it in quotes'],
    ['strings: [a, 1.5]', 'strings[1]: Invalid value: 1.5: must be a string: put it in quotes'],
    ['strings: a', 'strings: Invalid value: "a": must be a list'],
    ['stringMap: a', 'stringMap: Invalid value: "a": must be a map'],
    ['items: [[]]', 'items[0]: Invalid value: "array": must be a map'],
    ['number: eighty', 'number: Invalid value: "eighty": must be an integer'],
    ['number: "80"', 'number: Invalid value: "80": must be an integer'],
    ['number: 1.5', 'number: Invalid value: 1.5: must be an integer'],
    ['number: 1.5e11', 'number: Invalid value: 150000000000: must be an integer of 32 bits'],
    ['number: 99999999999.5', 'number: Invalid value: 99999999999.5: must be an integer'],
    ['number: 2147483648', 'number: Invalid value: 2147483648: must be an integer of 32 bits'],
    ['int64: x', 'int64: Invalid value: "x": must be an integer'],
    ['boolean: 1', 'boolean: Invalid value: 1: must be a boolean'],
    ['boolean: "yes"', 'boolean: Invalid value: "yes": must be a boolean'],
    ['intOrString: true', 'intOrString: Invalid value: true: must be an integer or a string'],
    [
      'quantities: {cpu: lots}',
      `quantities[cpu]: Invalid value: "lots": must be a quantity, such as 1, '500m' or '64Mi'`,
    ],
    [
      'time: yesterday',
      'time: Invalid value: "yesterday": must be a time as in RFC 3339, such as 2006-01-02T15:04:05Z',
    ],
    ['secret: {key: not base64}', 'secret[key]: Invalid value: "not base64": must be base64'],
    ['secret: {key: abc}', 'secret[key]: Invalid value: "abc": must be base64'],
  ])('finds fault with %s', (text, message) => {
    expect(faults(text)).toEqual([message]);
  });

  it.each([
    'quantities: {cpu: 1, memory: 64Mi, a: 500m, b: 1.5, c: 1e3, d: 12E, e: -1k}',
    'time: 2026-11-23T06:00:00Z',
    'time: "2026-11-23T06:00:00.123456+01:00"',
    'secret: {key: YQ==, other: "YWJj\\nZGVm", empty: ""}',
    'int64: 9007199254740991',
    'anything: {a: [1, {b: null}]}',
  ])('finds no fault with %s', (text) => {
    expect(read(text)).toMatchObject({ faults: [], unknownFields: [] });
  });

  it('names all faults at once', () => {
    expect(faults('{text: 1, number: x, items: [{name: 2}]}')).toHaveLength(3);
  });

  it('reads a plain yes or off where a boolean is due, and says so', () => {
    const decoded = read('{boolean: yes, text: yes}');
    expect(decoded.value).toEqual({ boolean: true, text: 'yes' });
    expect([...decoded.booleans]).toMatchObject([{ value: 'yes' }]);
  });

  it('keeps any key of a map', () => {
    const { value } = read('stringMap: {constructor: a, __proto__: b, toString: c}');
    const text = '{"stringMap":{"constructor":"a","__proto__":"b","toString":"c"}}';
    expect(JSON.stringify(value)).toBe(text);
  });
});
