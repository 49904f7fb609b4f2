import { expect, it } from 'vitest';

import { nearest } from './nearest.ts';

const fields = ['service', 'port', 'status', 'pod', 'pods', 'path'];

it.each([
  ['servce', 'service'],
  ['Service', 'service'],
  ['stauts', 'status'],
  ['podz', 'pod'],
  ['prot', 'port'],
  ['services', 'service'],
])('%s is most likely %s', (text, meant) => {
  expect(nearest(text, fields)).toBe(meant);
});

it.each(['', 'x', 'backend', 'hostname'])('%j is none of them', (text) => {
  expect(nearest(text, fields)).toBeUndefined();
});
