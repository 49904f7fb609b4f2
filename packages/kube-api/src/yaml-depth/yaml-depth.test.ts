import { describe, expect, it } from 'vitest';

import { isTooDeepYAML } from './yaml-depth.ts';

describe('YAML', () => {
  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(300)],
    ['lists on one line', `${'- '.repeat(300)}a`],
    ['explicit keys', `${'? '.repeat(300)}a`],
  ])('of many nested %s is too deep', (_, text) => {
    expect(isTooDeepYAML(text)).toBe(true);
  });

  it.each([
    ['many brackets one after another', '- []\n- {}\n'.repeat(1_000)],
    ['many lists one after another', '- - - a\n'.repeat(1_000)],
    ['brackets in text', `a: "${'['.repeat(1_000)}"\nb: ${'x['.repeat(1_000)}\n`],
    ['a block of text', `a: |\n  ${'[- ? '.repeat(1_000)}\n`],
  ])('with %s is not', (_, text) => {
    expect(isTooDeepYAML(text)).toBe(false);
  });
});
