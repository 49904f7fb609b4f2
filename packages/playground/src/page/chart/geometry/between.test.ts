import { describe, expect, test } from 'vitest';

import { curveBetween, nearestGap, railBetween } from './between.ts';
import { endOf, pointAt, type Box } from './curve.ts';

const card = (left: number, top: number, height = 60): Box => ({ left, top, width: 100, height });

describe('a link between columns side by side', () => {
  test('goes from the right side to the left side, beside the titles', () => {
    const curve = curveBetween(card(0, 0), card(200, 100));
    expect(curve[0][0]).toEqual({ x: 100, y: 20 });
    expect(endOf(curve)).toEqual({ x: 200, y: 120 });
  });

  test('leaves a low card in its middle', () => {
    expect(curveBetween(card(0, 0, 30), card(200, 0))[0][0].y).toBe(15);
  });

  test('leaves and arrives level', () => {
    const [[start, out, into, end]] = curveBetween(card(0, 0), card(200, 100));
    expect(out.y).toBe(start.y);
    expect(into.y).toBe(end.y);
  });

  test('goes between the cards of a column that it skips', () => {
    const skipped = [card(200, 0), card(200, 80), card(200, 160)];
    const curve = curveBetween(card(0, 60), card(400, 60), [skipped]);
    const ends = curve.map(([, , , end]) => end);
    expect(ends).toEqual([
      { x: 200, y: 70 },
      { x: 300, y: 70 },
      { x: 400, y: 80 },
    ]);
  });

  test('goes straight where the skipped column is empty', () => {
    expect(curveBetween(card(0, 0), card(400, 0), [[]])).toHaveLength(1);
  });
});

describe('the nearest gap of a column', () => {
  const column = [card(0, 80), card(0, 0), card(0, 160)];

  test('is between two cards, in whatever order they come', () => {
    expect(nearestGap(60, column)).toBe(70);
    expect(nearestGap(130, column)).toBe(150);
  });

  test('is above the first or below the last where that is nearer', () => {
    expect(nearestGap(2, column)).toBe(-8);
    expect(nearestGap(-40, column)).toBe(-40);
    expect(nearestGap(215, column)).toBe(228);
    expect(nearestGap(300, column)).toBe(300);
  });

  test('is anywhere where there are no cards', () => {
    expect(nearestGap(42, [])).toBe(42);
  });
});

describe('a link between cards below one another', () => {
  test('goes out to the rail, along it, and into the left side', () => {
    const curve = railBetween(card(20, 0), card(20, 300), 6);
    expect(curve[0][0]).toEqual({ x: 20, y: 20 });
    expect(pointAt(curve, 0.5)).toEqual({ x: 6, y: expect.closeTo(170, 0) });
    expect(endOf(curve)).toEqual({ x: 20, y: 320 });
  });

  test('goes up as well as down', () => {
    const curve = railBetween(card(20, 300), card(20, 0), 6);
    expect(curve[1]?.[0].y).toBeLessThan(320);
    expect(endOf(curve)).toEqual({ x: 20, y: 20 });
  });
});
