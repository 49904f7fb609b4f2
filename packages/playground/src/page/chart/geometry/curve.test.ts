import { describe, expect, test } from 'vitest';

import { endOf, lengthOf, pathOf, pointAt, type Curve } from './curve.ts';

const LINE: Curve = [
  [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 20, y: 0 },
    { x: 30, y: 0 },
  ],
  [
    { x: 30, y: 0 },
    { x: 30, y: 10 / 3 },
    { x: 30, y: 20 / 3 },
    { x: 30, y: 10 },
  ],
];

describe('a curve', () => {
  test('is written as a path of cubic curves, to a tenth of a pixel', () => {
    expect(pathOf(LINE)).toBe('M0,0C10,0 20,0 30,0C30,3.3 30,6.7 30,10');
  });

  test('is as long as its segments together', () => {
    expect(lengthOf(LINE)).toBeCloseTo(40);
  });

  test('is followed at an even pace over all of its segments', () => {
    expect(pointAt(LINE, 0)).toEqual({ x: 0, y: 0 });
    expect(pointAt(LINE, 0.375).x).toBeCloseTo(15);
    expect(pointAt(LINE, 0.875).x).toBeCloseTo(30);
    expect(pointAt(LINE, 0.875).y).toBeCloseTo(5);
    expect(pointAt(LINE, 1)).toEqual({ x: 30, y: 10 });
  });

  test('goes no further than its ends', () => {
    expect(pointAt(LINE, -1)).toEqual({ x: 0, y: 0 });
    expect(pointAt(LINE, 2)).toEqual({ x: 30, y: 10 });
    expect(endOf(LINE)).toEqual({ x: 30, y: 10 });
  });

  test('may be of no length', () => {
    const here = { x: 3, y: 4 };
    expect(pointAt([[here, here, here, here]], 0.5)).toEqual(here);
  });
});
