import { expect, test } from 'vitest';

import type { Card } from '../../protocol/chart.ts';
import { drawnText } from './words.ts';

const CARD: Card = { id: 'a', kind: 'Pod', title: 'a', lines: [], status: 'ready', lit: false };

test('a column says how many there are, and how many of them are drawn where that is not all', () => {
  expect(drawnText({ kind: 'endpoints', cards: [CARD], total: 1 })).toBe('1');
  expect(drawnText({ kind: 'endpoints', cards: [CARD], total: 9980 })).toBe('1 of 9,980');
  expect(drawnText({ kind: 'endpoints', cards: [], total: 0 })).toBe('0');
});
