import { describe, expect, it } from 'vitest';

import { fieldOfFault, withField } from './with-field.ts';

describe('a field of a request', () => {
  it('is set, and left out again where it is emptied', () => {
    const request = withField({ url: 'http://a/' }, 'from', '192.0.2.1');
    expect(request).toEqual({ url: 'http://a/', from: '192.0.2.1' });
    expect(withField(request, 'from', '')).toEqual({ url: 'http://a/' });
  });

  it('stays, emptied or not, where it is the URL', () => {
    expect(withField({ url: 'http://a/', node: 'n' }, 'url', '')).toEqual({ url: '', node: 'n' });
  });

  it.each([
    ['url', 'url'],
    ['headers.X-Version', 'headers'],
    ['', ''],
  ])('has the fault at %j at %j', (fault, field) => {
    expect(fieldOfFault(fault)).toBe(field);
  });
});
