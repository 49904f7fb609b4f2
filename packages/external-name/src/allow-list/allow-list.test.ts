import { describe, expect, it } from 'vitest';

import { allowList } from './allow-list.ts';

const allows = (entries: readonly string[], name: string, clusterDomain = 'k8s.example'): boolean =>
  allowList(entries)(name, clusterDomain);

describe('an allow list', () => {
  it('allows nothing that it does not list', () => {
    expect(allows([], 'example.com')).toBe(false);
    expect(allows(['example.com'], 'www.example.com')).toBe(false);
    expect(allows(['www.example.com'], 'example.com')).toBe(false);
  });

  it('allows a name that it lists, whatever its case and whether a dot closes it', () => {
    expect(allows(['DB.Example.com.'], 'db.example.com')).toBe(true);
  });

  it('allows exactly one more label for a wildcard', () => {
    const entries = ['*.example.com'];
    expect(allows(entries, 'db.example.com')).toBe(true);
    expect(allows(entries, 'example.com')).toBe(false);
    expect(allows(entries, 'a.db.example.com')).toBe(false);
    expect(allows(entries, 'dbexample.com')).toBe(false);
    expect(allows(entries, 'db.example.com.evil.test')).toBe(false);
  });

  it.each(['db.internal', 'printer.local', 'db.shop.svc.k8s.example'])(
    'allows %s where it is listed exactly, and never by a wildcard',
    (name) => {
      const wildcard = `*.${name.slice(name.indexOf('.') + 1)}`;
      expect(allows([wildcard], name)).toBe(false);
      expect(allows([name], name)).toBe(true);
    },
  );

  it('takes the cluster’s own domain as it is configured', () => {
    expect(allows(['*.corp.example'], 'db.corp.example', 'cluster.local')).toBe(true);
    expect(allows(['*.corp.example'], 'db.corp.example', 'corp.example')).toBe(false);
  });

  it.each([
    '10.0.0.1',
    '127.1',
    'example.0x7f',
    'example.1',
    '2130706433',
    'localhost',
    'db',
    'db.localhost',
    '1.0.0.10.in-addr.arpa',
    '*.0.0.1',
    '*.localhost',
    '*.ip6.arpa',
    '*',
    '*.*.example.com',
    'a.*.example.com',
    'not a name',
    '',
    '::1',
  ])('can’t be made of %j', (entry) => {
    expect(() => allowList([entry])).toThrow(TypeError);
  });

  it.each(['10.0.0.1', '5.example.1', 'x.0xff'])('never allows %s, even by a wildcard', (name) => {
    expect(allows(['*.example.com'], name)).toBe(false);
  });
});
