import { describe, expect, it } from 'vitest';

import { formatFieldError } from '../field-error/field-error.ts';
import { validateFullyQualifiedDomainName } from './fully-qualified-domain-name.ts';

function faults(value: string): readonly string[] {
  return validateFullyQualifiedDomainName(value, 'endpoints[0].addresses[0]').map(formatFieldError);
}

describe('a fully qualified domain name', () => {
  it.each(['example.com', 'example.com.', 'a.b.c.d', '1.2'])('may be %j', (value) => {
    expect(faults(value)).toEqual([]);
  });

  it('is required', () => {
    expect(faults('')).toEqual(['endpoints[0].addresses[0]: Required value']);
  });

  it('has at least two labels', () => {
    expect(faults('localhost.')).toEqual([
      'endpoints[0].addresses[0]: Invalid value: "localhost": should be a domain with at least two segments separated by dots',
    ]);
  });

  it('is a DNS-1123 subdomain', () => {
    expect(faults('Example.com')).toEqual([
      expect.stringMatching(
        /^endpoints\[0\]\.addresses\[0\]: Invalid value: "Example.com": a lowercase RFC 1123 subdomain must/,
      ),
    ]);
    expect(faults('example.com..')).toHaveLength(1);
  });

  it('has labels of at most 63 bytes, unlike a mere subdomain', () => {
    const label = 'a'.repeat(64);
    expect(faults(`${label}.com`)).toEqual([
      `endpoints[0].addresses[0]: Invalid value: "${label}": must be no more than 63 characters`,
    ]);
  });
});
