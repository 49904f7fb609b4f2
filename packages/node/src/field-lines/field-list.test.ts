import { describe, expect, it } from 'vitest';

import { FieldList } from './field-list.ts';

const raw = [
  'Host',
  'shop.example',
  'X-A',
  '1',
  'Set-Cookie',
  'a=1',
  'x-a',
  '2',
  'SET-COOKIE',
  'b=2',
];

describe('a list of fields', () => {
  it('keeps the lines in their order, names in lower case', () => {
    expect(Array.from(FieldList.of(raw))).toEqual([
      ['host', 'shop.example'],
      ['x-a', '1'],
      ['set-cookie', 'a=1'],
      ['x-a', '2'],
      ['set-cookie', 'b=2'],
    ]);
  });

  it('leaves what it was made of as it is', () => {
    const given = Object.freeze([...raw]);
    const fields = FieldList.of(given);
    fields.set('host', 'other.example');
    expect(given).toEqual(raw);
  });

  it('has copies that change by themselves', () => {
    const fields = FieldList.of(raw);
    const copy = fields.copy();
    copy.delete('x-a');
    copy.set('host', 'other.example');
    expect(fields.lines).toEqual(FieldList.of(raw).lines);
    expect(copy.get('x-a')).toBeNull();
  });

  it.each([
    [
      'several cookie fields by semicolons',
      ['Cookie', 'a=1', 'cookie', 'b=2'],
      'cookie',
      'a=1; b=2',
    ],
    ['others by commas', raw, 'X-A', '1, 2'],
  ])('joins %s', (_, lines, name, value) => {
    expect(FieldList.of(lines).get(name)).toBe(value);
  });

  it.each([
    ['a name that is none', 'x y', '1'],
    ['an empty name', '', '1'],
    ['a line break', 'x-a', '1\r\nx-b: 2'],
    ['NUL', 'x-a', '\0'],
    ['a control character', 'x-a', '\u0007'],
    ['a character beyond ISO 8859-1', 'x-a', '\u0100'],
  ])('takes no %s', (_, name, value) => {
    const fields = FieldList.of(raw);
    expect(() => fields.set(name, value)).toThrow(TypeError);
    expect(() => fields.append(name, value)).toThrow(TypeError);
    expect(fields.lines).toEqual(FieldList.of(raw).lines);
  });

  it('does what Headers do, whatever is done', () => {
    const names = ['a', 'B', 'x-C', 'X-c', 'set-cookie', 'Cookie'];
    const values = ['1', ' 2\t', '', 'x y', 'a=b; c'];
    const operations = ['append', 'delete', 'set'] as const;
    let seed = 7;
    const pick = <Value>(of: readonly [Value, ...Value[]] | readonly Value[]): Value => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      const found = of[Math.floor((seed / 2 ** 31) * of.length)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    };
    for (let run = 0; run < 300; run += 1) {
      const fields = FieldList.of([]);
      const headers = new Headers();
      for (let step = 0; step < 12; step += 1) {
        const [operation, name, value] = [pick(operations), pick(names), pick(values)];
        for (const each of [fields, headers]) {
          if (operation === 'delete') each.delete(name);
          else each[operation](name, value);
        }
      }
      // One field, one line: as Headers has them.
      expect(new Headers(Array.from(fields))).toEqual(headers);
      expect(fields.getSetCookie()).toEqual(headers.getSetCookie());
      for (const name of names.filter((each) => each !== 'Cookie' && each !== 'set-cookie')) {
        expect(fields.get(name)).toBe(headers.get(name));
        expect(fields.has(name)).toBe(headers.has(name));
      }
      expect(new Set(fields.keys())).toEqual(new Set(headers.keys()));
    }
  });
});
