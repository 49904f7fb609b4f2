import { expect, it } from 'vitest';

import { PLAIN, styleOf } from './style.ts';

it('paints where it is told to, on every runtime', () => {
  const { red } = styleOf({ width: 80, colours: true });
  expect(red('stop')).toBe('\u001B[31mstop\u001B[39m');
  expect(red('')).toBe('');
});

it('leaves text alone otherwise', () => {
  expect(styleOf(PLAIN).bold('plain')).toBe('plain');
});
