import { describe, expect, it } from 'vitest';

import { bearsMark, markOf, poolName, portMark } from './ownership.ts';

function service(namespace: string, name: string): Parameters<typeof markOf>[1] {
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name }, spec: {} };
}

describe('a mark', () => {
  const mark = markOf('default', service('shop', 'web'));

  it('says whose it is and for which Service', () => {
    expect(mark).toBe('portolan/default/shop/web');
    expect(portMark(mark, 80)).toBe('portolan/default/shop/web/80');
  });

  it.each([
    ['portolan/default/shop/web', true],
    ['portolan/default/shop/web/80', true],
    ['portolan/default/shop/web2', false],
    ['portolan/default/shop/web2/80', false],
    ['portolan/other/shop/web', false],
    ['my portolan/default/shop/web', false],
    ['', false],
    [undefined, false],
  ])('is borne by %s: %s', (description, expected) => {
    expect(bearsMark(description, mark)).toBe(expected);
  });

  it('fits into the comment of a record, and is another for another Service', () => {
    const long = 'x'.repeat(60);
    const marks = ['a', 'b'].map((end) => markOf(long, service(long, `${long}${end}`)));
    expect(marks.map(({ length }) => length)).toEqual([100, 100]);
    expect(new Set(marks).size).toBe(2);
  });
});

it('the name of a pool has only what the API takes', () => {
  expect(poolName('default', service('shop', 'web'), 80)).toBe('portolan_default_shop_web_80');
  const long = poolName('default', service('shop', 'x'.repeat(63)), 80);
  expect(long).toMatch(/^[A-Za-z0-9_-]{63}$/);
});
