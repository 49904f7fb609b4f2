import { describe, expect, it } from 'vitest';

import { preferredMediaType } from './media-type.ts';

const CHROME = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('preferredMediaType', () => {
  it.each([
    null,
    '',
    '*/*',
    'application/json',
    'application/problem+json, text/plain;q=0.9',
    'text/plain, application/*',
    'image/png',
    'text/plain;q=0, */*',
    'text/plain;q=nonsense, */*;q=0.1',
  ])('is problem+json for %j', (accept) => {
    expect(preferredMediaType(accept)).toBe('application/problem+json');
  });

  it.each([
    'text/plain',
    'TEXT/PLAIN ; Q=0.5',
    'text/*',
    CHROME,
    'application/json;q=0.1, */*;q=0.2',
    'text/plain; charset=utf-8; q=0.9, application/json;q=0.8',
  ])('is text/plain for %j', (accept) => {
    expect(preferredMediaType(accept)).toBe('text/plain');
  });
});
