import { describe, expect, it } from 'vitest';

import { authority } from './authority.ts';

describe('an authority', () => {
  it('is an address or a name with its port', () => {
    expect(authority('10.0.0.7', 8080)).toBe('10.0.0.7:8080');
    expect(authority('shop.example', 443)).toBe('shop.example:443');
  });

  it('has IPv6 addresses in brackets', () => {
    expect(authority('fd00::7', 8080)).toBe('[fd00::7]:8080');
    expect(authority('fd00::7')).toBe('[fd00::7]');
  });

  it('may do without a port', () => {
    expect(authority('shop.example')).toBe('shop.example');
  });
});
