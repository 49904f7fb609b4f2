import { describe, expect, it } from 'vitest';

import { hashKeyOf, type HashFacts } from './hash-key-of.ts';

function facts({ cookie, ...parts }: Partial<HashFacts> & { readonly cookie?: string }): HashFacts {
  const headers = new Map(Object.entries(cookie === undefined ? {} : { cookie }));
  return { headers: { get: (name) => headers.get(name) ?? null }, query: '', ...parts };
}

describe("a client's address", () => {
  it('is the key where it is known', () => {
    const key = { type: 'ClientAddress' } as const;
    expect(hashKeyOf(key, facts({ clientAddress: '2001:db8::7' }))).toBe('2001:db8::7');
    expect(hashKeyOf(key, facts({}))).toBeUndefined();
    expect(hashKeyOf(key, facts({ clientAddress: '' }))).toBeUndefined();
  });
});

describe('a header', () => {
  const key = { type: 'Header', name: 'x-user' } as const;

  it('is the key with all its values, joined', () => {
    const headers = new Headers([
      ['X-User', 'ann'],
      ['x-user', 'bob'],
    ]);
    expect(hashKeyOf(key, facts({ headers }))).toBe('ann, bob');
  });

  it.each([[new Headers()], [new Headers({ 'x-user': '' })]])(
    'is no key where it is absent or empty',
    (headers) => {
      expect(hashKeyOf(key, facts({ headers }))).toBeUndefined();
    },
  );
});

describe('a cookie', () => {
  it.each([
    ['id=7', '7'],
    ['a=1; id=7; b=2', '7'],
    ['a=1;id=7', '7'],
    ['id=first; id=second', 'first'],
    ['id="7 8"', '"7 8"'],
    ['id=a=b==', 'a=b=='],
    ['id=%37', '%37'],
    [' \tid =\t7 ', '7'],
  ])('of %j is the key: %j', (cookie, expected) => {
    expect(hashKeyOf({ type: 'Cookie', name: 'id' }, facts({ cookie }))).toBe(expected);
  });

  it.each([undefined, '', 'id', 'id=', 'id=; id=7', 'ID=7', 'xid=7', 'a=id=7', '=id'])(
    'of %j is no key',
    (cookie) => {
      const given = cookie === undefined ? {} : { cookie };
      expect(hashKeyOf({ type: 'Cookie', name: 'id' }, facts(given))).toBeUndefined();
    },
  );
});

describe('a query parameter', () => {
  const key = { type: 'QueryParam', name: 'user id' } as const;

  it.each([
    ['user+id=7', '7'],
    ['a&&b=1&user%20id=7&c', '7'],
    ['user+id=first&user+id=second', 'first'],
    ['user+id=a+b%2Bc%C3%A9', 'a b+cé'],
    ['user+id=a=b', 'a=b'],
    ['user+id=100%+%zz', '100% %zz'],
    ['user+id=%ff', '%ff'],
  ])('of %j is the key: %j', (query, expected) => {
    expect(hashKeyOf(key, facts({ query }))).toBe(expected);
  });

  it.each(['', 'user+id', 'user+id=', 'user+id=&user+id=7', 'User+id=7', 'id=7', '&'])(
    'of %j is no key',
    (query) => {
      expect(hashKeyOf(key, facts({ query }))).toBeUndefined();
    },
  );

  it('without a name is no key of an empty query', () => {
    expect(hashKeyOf({ type: 'QueryParam', name: '' }, facts({ query: '&=7' }))).toBe('7');
    expect(hashKeyOf({ type: 'QueryParam', name: '' }, facts({ query: '' }))).toBeUndefined();
  });
});
