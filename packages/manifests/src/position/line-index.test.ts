import { describe, expect, it } from 'vitest';

import { lineIndex } from './line-index.ts';

describe('line and column', () => {
  it('count from 1, lines by LF, columns in UTF-16 code units', () => {
    const at = lineIndex('ab\r\n\n😀x');
    expect(at(0)).toEqual({ line: 1, column: 1 });
    expect(at(3)).toEqual({ line: 1, column: 4 });
    expect(at(4)).toEqual({ line: 2, column: 1 });
    expect(at(5)).toEqual({ line: 3, column: 1 });
    expect(at(7)).toEqual({ line: 3, column: 3 });
    expect(at(8)).toEqual({ line: 3, column: 4 });
  });

  it('are those of counting for every offset', () => {
    const text = 'a\nbcd\n\n\nef\n';
    const at = lineIndex(text);
    for (let offset = 0; offset <= text.length; offset += 1) {
      const before = text.slice(0, offset).split('\n');
      expect(at(offset)).toEqual({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
    }
  });
});
