import { describe, expect, it } from 'vitest';

import { queryParam } from './query-param.ts';

describe('queryParam', () => {
  it.each([
    ['a=1', 'a', '1'],
    ['b=2&a=1', 'a', '1'],
    ['a=1&a=2', 'a', '1'],
    ['a', 'a', ''],
    ['a&b=1', 'b', '1'],
    ['a=', 'a', ''],
    ['a=b=c', 'a', 'b=c'],
    ['&&a=1', 'a', '1'],
    ['%61=%C3%A9', 'a', 'é'],
    ['a=x+y%2B', 'a', 'x y+'],
    ['a=%', 'a', '%'],
    ['a=%ff', 'a', '%ff'],
    ['=1', '', '1'],
    ['', 'a', undefined],
    ['', '', undefined],
    ['ab=1', 'a', undefined],
    ['A=1', 'a', undefined],
    ['b=a', 'a', undefined],
  ])('in %j %j is %j', (query, name, value) => {
    expect(queryParam(query, name)).toBe(value);
  });
});
