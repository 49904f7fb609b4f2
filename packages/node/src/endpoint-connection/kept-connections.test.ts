import { describe, expect, it } from 'vitest';

import type { ResponseHead } from '../response-parser/response-head.ts';
import { keptFor } from './kept-connections.ts';

function answer(...fields: readonly string[]): ResponseHead {
  return { httpVersion: '1.1', status: 200, statusText: 'OK', fields };
}

describe('a connection is kept', () => {
  it('for as long as we keep them where the endpoint says nothing of it', () => {
    expect(keptFor(answer(), 4000)).toBe(4000);
    expect(keptFor(answer('Keep-Alive', 'max=100'), 4000)).toBe(4000);
  });

  it('for a second less than the endpoint says', () => {
    expect(keptFor(answer('Keep-Alive', 'timeout=3'), 4000)).toBe(2000);
    expect(keptFor(answer('keep-alive', 'max=5, timeout=2'), 4000)).toBe(1000);
  });

  it('no longer than we keep them', () => {
    expect(keptFor(answer('Keep-Alive', 'timeout=60'), 4000)).toBe(4000);
  });

  it('not at all where it would be closed right away', () => {
    expect(keptFor(answer('Keep-Alive', 'timeout=1'), 4000)).toBeLessThanOrEqual(0);
  });
});
