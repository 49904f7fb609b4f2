import { Readable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { lineOf, textOf } from './content.ts';

describe('content', () => {
  it('is read whole, however it is cut', async () => {
    const bytes = Buffer.from('Überseehafen');
    expect(await textOf(Readable.from([bytes.subarray(0, 1), bytes.subarray(1)]), 13)).toBe(
      'Überseehafen',
    );
    expect(await textOf(null, 0)).toBe('');
  });

  it('that has no end is given up, and its source ended', async () => {
    let taken = 0;
    const endless = new Readable({
      read() {
        taken += 1000;
        this.push(Buffer.alloc(1000));
      },
    });
    await expect(textOf(endless, 5000)).rejects.toThrow(RangeError);
    expect(endless.destroyed).toBe(true);
    expect(taken).toBeLessThan(200_000);
  });
});

describe('a line', () => {
  it.each([
    ['services: watching\nlease: mine', 'services: watching lease: mine'],
    ['\u001b[2Jgone\r\n', ' [2Jgone '],
    ['a\u0085b\u2028c', 'a b c'],
    ['x'.repeat(5000), 'x'.repeat(1000)],
  ])('is one, whatever others say: %j', (text, line) => {
    expect(lineOf(text)).toBe(line);
  });
});
