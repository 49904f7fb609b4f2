import { describe, expect, it } from 'vitest';

import { plainValue, type PlainValue } from '../tree/plain-value.ts';
import { readYAML } from './read-yaml.ts';

function read(text: string): PlainValue | undefined {
  const tree = readYAML({ text, offset: 0 });
  return tree && plainValue(tree);
}

const map = (entries: Readonly<Record<string, PlainValue>>): PlainValue =>
  new Map(Object.entries(entries));

describe('reading YAML', () => {
  it('reads block style, flow style and JSON', () => {
    const value = map({ a: [1, 'x', null], b: map({ c: true }) });
    expect(read('a:\n- 1\n- x\n-\nb:\n  c: true\n')).toEqual(value);
    expect(read('---\n{\n  a: [1, "x", null,],\n  b: { c: true, },\n}\n')).toEqual(value);
    expect(read('{"a":[1,"x",null],"b":{"c":true}}')).toEqual(value);
  });

  it('takes quoted scalars for strings, and tagged ones for what the tag says', () => {
    const text = '["80", \'true\', !!str 80, !!int "80", !!bool "true", ! 7, !mine 7]';
    expect(read(text)).toEqual(['80', 'true', '80', 80, true, '7', '7']);
  });

  it('turns keys into strings', () => {
    expect(read('{80: a, true: b, 1.50: c, 0x10: d}')).toEqual(
      map({ 80: 'a', true: 'b', 1.5: 'c', 16: 'd' }),
    );
  });

  it('holds any key', () => {
    expect(read('{constructor: 1, __proto__: 2, toString: 3}')).toEqual(
      new Map([
        ['constructor', 1],
        ['__proto__', 2],
        ['toString', 3],
      ]),
    );
  });

  it('gives an alias the value of the anchor before it', () => {
    expect(read('[&a {x: 1}, *a, &a 2, *a]')).toEqual([map({ x: 1 }), map({ x: 1 }), 2, 2]);
  });

  it('merges maps, of which the first wins, and what is written out wins over all', () => {
    expect(read('- &a {x: 1, y: 1}\n- &b {y: 2, z: 2}\n- {<<: [*a, *b], x: 3}')).toEqual([
      map({ x: 1, y: 1 }),
      map({ y: 2, z: 2 }),
      map({ x: 3, y: 1, z: 2 }),
    ]);
    expect(read('{"<<": 1}')).toEqual(map({ '<<': 1 }));
  });

  it('gives nothing for an empty document', () => {
    expect(read('')).toBeUndefined();
    expect(read('# nothing\n')).toBeUndefined();
  });

  it.each([
    ['a: [1, 2', 'Flow sequence'],
    ['a: b: c', 'Nested mappings are not allowed in compact mappings'],
    ['a:\n\tb: c', 'Tabs are not allowed as indentation'],
    ['a: "b', 'Missing closing "quote'],
    ['*hunter5', 'an alias to an anchor that is not there; a text that begins with * needs quotes'],
    ['&a [*a]', "anchor 'a' value contains itself"],
    ['{[a]: b}', 'map keys must be strings'],
    ['? ~\n: b', 'map keys must be strings'],
    ['{<<: a}', 'map merge requires map or sequence of maps as the value'],
    ['['.repeat(100_000), 'maps and lists nest deeper than 256 levels'],
    ['- '.repeat(100_000), 'maps and lists nest deeper than 256 levels'],
  ])('refuses %.20s', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('refuses aliases that stand for excessively much, at the alias where it becomes too much', () => {
    const levels = 'abcdefgh'.split('');
    const lines = levels.map((name, index) => {
      const item = index === 0 ? 'x' : `*${levels[index - 1]}`;
      return `${name}: &${name} [${Array(9).fill(item).join(', ')}]`;
    });
    expect(() => read(lines.join('\n'))).toThrow('document contains excessive aliasing');
    expect(() => read(lines.slice(0, 4).join('\n'))).not.toThrow();
  });

  it('refuses aliases that nest deeper than what can be written', () => {
    const chain = Array.from({ length: 4 }, (_, index) => {
      const inner = index === 0 ? 'x' : `*a${index - 1}`;
      return `a${index}: &a${index} ${'['.repeat(100)}${inner}${']'.repeat(100)}`;
    });
    expect(() => read(chain.slice(0, 2).join('\n'))).not.toThrow();
    expect(() => read(chain.join('\n'))).toThrow('document contains excessive aliasing');
  });
});
