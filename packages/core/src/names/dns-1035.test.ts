import { describe, expect, it } from 'vitest';

import { validateDNS1035Label } from './dns-1035.ts';

const MESSAGE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

describe('a DNS-1035 label', () => {
  it.each(['a', 'cart', 'a1', 'a--1', 'a'.repeat(63)])('may be %j', (value) => {
    expect(validateDNS1035Label(value)).toEqual([]);
  });

  it.each(['', '1a', '-a', 'a-', 'A', 'a.b', 'a_b'])('may not be %j', (value) => {
    expect(validateDNS1035Label(value)).toEqual([MESSAGE]);
  });

  it('has at most 63 bytes', () => {
    expect(validateDNS1035Label('a'.repeat(64))).toEqual(['must be no more than 63 characters']);
  });
});
