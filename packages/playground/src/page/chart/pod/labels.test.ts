import { describe, expect, test } from 'vitest';

import { readLabels, writeLabels } from './labels.ts';

describe('labels as text', () => {
  test('are a line each, sorted by key', () => {
    expect(writeLabels({ tier: 'web', app: 'cart' })).toBe('app=cart\ntier=web');
  });

  test('are read as they are written', () => {
    const labels = { app: 'cart', 'example.com/track': 'stable', empty: '' };
    expect(readLabels(writeLabels(labels))).toEqual({ labels });
  });

  test('may have space around them, and empty lines between them', () => {
    expect(readLabels(' app = cart \n\n\ttier=web\r\n')).toEqual({
      labels: { app: 'cart', tier: 'web' },
    });
  });

  test('may be none', () => {
    expect(readLabels('\n')).toEqual({ labels: {} });
  });

  test.each([
    ['app', 1, 'app has no ='],
    ['app=cart\n=web', 2, 'the key is missing'],
    ['app=cart\n\napp=web', 3, 'app is there twice'],
    ['-app=cart', 1, '-app is no key: name part must consist'],
    ['app=a=b', 1, 'a=b is no value: a valid label must be'],
  ])('%j is refused with its line', (text, line, fault) => {
    expect(readLabels(text)).toEqual({ line, fault: expect.stringContaining(fault) });
  });

  test('a key that objects have of themselves is a key like any other', () => {
    expect(readLabels('constructor=x')).toEqual({ labels: { constructor: 'x' } });
  });
});
