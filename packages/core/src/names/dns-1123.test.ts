import { describe, expect, it } from 'vitest';

import {
  validateDNS1123Label,
  validateDNS1123Subdomain,
  validateWildcardDNS1123Subdomain,
} from './dns-1123.ts';

const LABEL_MESSAGE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN_MESSAGE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const WILDCARD_MESSAGE =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

describe('a DNS-1123 label', () => {
  it.each(['a', '0', 'shop', '9-lives', 'a--b', 'a'.repeat(63)])('may be %j', (value) => {
    expect(validateDNS1123Label(value)).toEqual([]);
  });

  it.each(['', '-', '-a', 'a-', 'A', 'a_b', 'a b', 'a\n', 'é', '.', 'a.'])(
    'may not be %j',
    (value) => {
      expect(validateDNS1123Label(value)).toEqual([LABEL_MESSAGE]);
    },
  );

  it('may not be a subdomain of several labels', () => {
    expect(validateDNS1123Label('a.b')).toEqual(['must not contain dots']);
  });

  it('has at most 63 bytes', () => {
    expect(validateDNS1123Label('a'.repeat(64))).toEqual(['must be no more than 63 characters']);
    expect(validateDNS1123Label('é'.repeat(32))).toEqual([
      'must be no more than 63 characters',
      LABEL_MESSAGE,
    ]);
  });
});

describe('a DNS-1123 subdomain', () => {
  it.each(['a', 'example.com', '1.2.3.4', 'a-b.c', `${'a'.repeat(64)}.b`, 'a'.repeat(253)])(
    'may be %j',
    (value) => {
      expect(validateDNS1123Subdomain(value)).toEqual([]);
    },
  );

  it.each(['', '.', 'a.', '.a', 'a..b', 'a.-b', 'a-.b', 'Example.com', '*.a', '__INGRESS_HOST__'])(
    'may not be %j',
    (value) => {
      expect(validateDNS1123Subdomain(value)).toEqual([SUBDOMAIN_MESSAGE]);
    },
  );

  it('has at most 253 bytes', () => {
    expect(validateDNS1123Subdomain('a'.repeat(254))).toEqual([
      'must be no more than 253 characters',
    ]);
  });
});

describe('a wildcard DNS-1123 subdomain', () => {
  it.each(['*.bar.com', '*.foo.bar.com', '*.a'])('may be %j', (value) => {
    expect(validateWildcardDNS1123Subdomain(value)).toEqual([]);
  });

  it.each(['*', '*.', '*.*.bar.com', '*.foo.*.com', '*bar.com', 'f*.bar.com', 'bar.com', ''])(
    'may not be %j',
    (value) => {
      expect(validateWildcardDNS1123Subdomain(value)).toEqual([WILDCARD_MESSAGE]);
    },
  );

  it('has at most 253 bytes with its asterisk', () => {
    expect(validateWildcardDNS1123Subdomain(`*.${'a'.repeat(251)}`)).toEqual([]);
    expect(validateWildcardDNS1123Subdomain(`*.${'a'.repeat(252)}`)).toEqual([
      'must be no more than 253 characters',
    ]);
  });
});
