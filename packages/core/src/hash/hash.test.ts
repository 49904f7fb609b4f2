import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hash } from './hash.ts';

describe('the hash of a text', () => {
  // The published vectors of MurmurHash3_x86_32, for the bytes that the texts are in UTF-16LE.
  it.each([
    ['', 0x00000000, 0x00000000],
    ['', 0x00000001, 0x514e28b7],
    ['', 0xffffffff, 0x81f16f39],
    ['\uFFFF\uFFFF', 0x00000000, 0x76293b50],
    ['\u4321\u8765', 0x00000000, 0xf55b516b],
    ['\u4321\u8765', 0x5082edee, 0x2362f9de],
    ['\u4321', 0x00000000, 0xa0f7b07a],
    ['\u0000\u0000', 0x00000000, 0x2362f9de],
    ['\u0000', 0x00000000, 0x30f4c306],
  ])('%j with seed %i is MurmurHash3', (text, seed, expected) => {
    expect(hash(text, seed)).toBe(expected);
  });

  it('is a whole number of 32 bits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), fc.integer(), (units, seed) => {
        const value = hash(String.fromCharCode(...units), seed);
        expect(value >>> 0).toBe(value);
      }),
    );
  });

  it('changes every bit about half of the time when one character or the seed changes', () => {
    const samples = Array.from({ length: 2000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
    const differences = samples.map((sample, index) =>
      index % 2 === 0 ? hash(sample) ^ hash(`${sample}0`) : hash(sample) ^ hash(sample, 1),
    );
    for (let bit = 0; bit < 32; bit += 1) {
      const changes = differences.filter((difference) => (difference >>> bit) & 1).length;
      // Five standard deviations of a fair coin.
      expect(Math.abs(changes - 1000)).toBeLessThan(5 * Math.sqrt(500));
    }
  });
});
