import { describe, expect, it } from 'vitest';

import { PLAIN, styleOf } from '../style/style.ts';
import { table } from './table.ts';

describe('table', () => {
  it('gives each column the width of its widest cell', () => {
    expect(
      table(
        [
          ['HOST', 'PATH'],
          ['shop.example', '/'],
          ['*', '/cart'],
        ],
        PLAIN,
      ),
    ).toEqual(['HOST          PATH', 'shop.example  /', '*             /cart']);
  });

  it('counts what is seen, not colours, and wide characters twice', () => {
    const { red } = styleOf({ width: 80, colours: true });
    const [coloured = '', wide = ''] = table(
      [
        [red('a'), 'x'],
        ['漢字', 'x'],
      ],
      PLAIN,
    );
    expect(coloured).toBe(`${red('a')}     x`);
    expect(wide).toBe('漢字  x');
  });

  it('wraps the last column under itself', () => {
    const terminal = { width: 30, colours: false };
    expect(table([['rule', 'one two three four five six seven']], terminal)).toEqual([
      'rule  one two three four five\n      six seven',
    ]);
  });

  it('pads short rows', () => {
    expect(table([['a', 'b', 'c'], ['d']], PLAIN)).toEqual(['a  b  c', 'd']);
    expect(table([], PLAIN)).toEqual([]);
  });
});
