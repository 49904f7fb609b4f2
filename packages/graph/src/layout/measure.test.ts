import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fitText, textWidth, type Font } from './measure.ts';

const FONT: Font = { size: 10, family: 'sans' };

describe('the width of a text', () => {
  it('grows with the text, the size and the weight', () => {
    expect(textWidth('', FONT)).toBe(0);
    expect(textWidth('web', FONT)).toBeGreaterThan(textWidth('we', FONT));
    expect(textWidth('web', { ...FONT, size: 20 })).toBeCloseTo(2 * textWidth('web', FONT));
    expect(textWidth('web', { ...FONT, bold: true })).toBeGreaterThan(textWidth('web', FONT));
  });

  it('goes by the letters, or by their number in a monospaced typeface', () => {
    expect(textWidth('iii', FONT)).toBeLessThan(textWidth('mmm', FONT));
    const mono: Font = { size: 10, family: 'monospace' };
    expect(textWidth('iii', mono)).toBe(textWidth('mmm', mono));
    expect(textWidth('漢', mono)).toBeGreaterThan(textWidth('m', mono));
  });
});

describe('a text that has to fit', () => {
  it('is left whole where it does', () => {
    expect(fitText('storefront', 100, FONT)).toBe('storefront');
  });

  it('is cut and closed with an ellipsis where it doesn’t', () => {
    expect(fitText('a-very-long-name-of-a-service', 80, FONT)).toMatch(/^a-very-.*…$/u);
  });

  it('fits, begins as it did and is cut no earlier than need be', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 120 }), (whole, width) => {
        const fitted = fitText(whole, width, FONT);
        expect(textWidth(fitted, FONT)).toBeLessThanOrEqual(width);
        expect(fitted === whole || whole.startsWith(fitted.slice(0, -1))).toBe(true);
      }),
    );
  });
});
