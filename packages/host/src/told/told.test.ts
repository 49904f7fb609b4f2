import { expect, it } from 'vitest';

import { tellOnce } from './told.ts';

it('tells a message once, and again after it was gone, each topic by itself', () => {
  const told: string[] = [];
  const tell = tellOnce((message) => told.push(message));
  tell('a', ['one', 'two']);
  tell('a', ['two', 'three']);
  tell('b', ['two']);
  tell('a', []);
  tell('a', ['two']);
  expect(told).toEqual(['one', 'two', 'three', 'two', 'two']);
});
