import { describe, expect, it } from 'vitest';

import { validateQualifiedName } from './qualified-name.ts';

const PATTERN =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

describe('a qualified name', () => {
  it.each([
    'simple',
    'now-with-dashes',
    '1-starts-with-num',
    '1234',
    'simple/simple',
    'now-with-dashes.and.dots/Mixed_Case',
    '1.2.3.4/5678',
    'a'.repeat(63),
    `${'a'.repeat(253)}/${'b'.repeat(63)}`,
  ])('may be %j', (value) => {
    expect(validateQualifiedName(value)).toEqual([]);
  });

  it.each(['-a', 'a-', '_a', 'a.', 'a b', 'é', 'only/-a'])('may not be %j', (value) => {
    expect(validateQualifiedName(value)).toEqual([`name part ${PATTERN}`]);
  });

  it('has a name part', () => {
    expect(validateQualifiedName('')).toEqual([
      'name part must be non-empty',
      `name part ${PATTERN}`,
    ]);
    expect(validateQualifiedName('example.com/')).toEqual([
      'name part must be non-empty',
      `name part ${PATTERN}`,
    ]);
  });

  it('has a name part of at most 63 bytes', () => {
    expect(validateQualifiedName(`example.com/${'a'.repeat(64)}`)).toEqual([
      'name part must be no more than 63 characters',
    ]);
  });

  it('has a DNS subdomain before the slash', () => {
    expect(validateQualifiedName('/a')).toEqual(['prefix part must be non-empty']);
    expect(validateQualifiedName(`${'a'.repeat(254)}/a`)).toEqual([
      'prefix part must be no more than 253 characters',
    ]);
    expect(validateQualifiedName('Example.com/a')).toEqual([
      "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ]);
  });

  it('has at most one slash', () => {
    const message = `a qualified name ${PATTERN} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
    expect(validateQualifiedName('a/b/c')).toEqual([message]);
    expect(validateQualifiedName('//')).toEqual([message]);
  });
});
