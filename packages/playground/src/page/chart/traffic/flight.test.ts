import { describe, expect, test } from 'vitest';

import type { Curve } from '../geometry/curve.ts';
import { endOfFlight, FAILURE_STAYS, PER_LINK, placeOf, type Flight } from './flight.ts';

const line = (from: number, to: number): Curve => {
  const [start, end] = [
    { x: from, y: 0 },
    { x: to, y: 0 },
  ];
  return [[start, start, end, end]];
};

const CURVES = new Map([
  ['in', line(0, 100)],
  ['a', line(100, 200)],
  ['b', line(100, 300)],
]);
const forth = (link: string): { link: string; back: boolean } => ({ link, back: false });
const ANSWERED: Flight = { start: 1000, tries: [[forth('in'), forth('a')]], answered: true };
const FAILED: Flight = { ...ANSWERED, answered: false };
const RETRIED: Flight = {
  start: 0,
  tries: [[forth('a')], [{ link: 'a', back: true }, forth('b')]],
  answered: true,
};

describe('a request on its way', () => {
  test('is nowhere before it sets out and after it has arrived', () => {
    expect(placeOf(ANSWERED, 999, CURVES)).toBeUndefined();
    expect(placeOf(ANSWERED, 1000 + 2 * PER_LINK, CURVES)).toBeUndefined();
    expect(endOfFlight(ANSWERED)).toBe(1000 + 2 * PER_LINK);
  });

  test('goes over one link after the other', () => {
    expect(placeOf(ANSWERED, 1000, CURVES)).toMatchObject({ x: 0, fate: 'underWay' });
    expect(placeOf(ANSWERED, 1000 + PER_LINK / 2, CURVES)?.x).toBeCloseTo(50);
    expect(placeOf(ANSWERED, 1000 + PER_LINK * 1.5, CURVES)?.x).toBeCloseTo(150);
  });

  test('stays where it failed for a while', () => {
    const arrival = 1000 + 2 * PER_LINK;
    expect(placeOf(FAILED, arrival, CURVES)).toEqual({ x: 200, y: 0, fate: 'failed' });
    expect(placeOf(FAILED, arrival + FAILURE_STAYS, CURVES)).toBeUndefined();
    expect(endOfFlight(FAILED)).toBe(arrival + FAILURE_STAYS);
  });

  test('goes back from an endpoint that failed, and on to the next', () => {
    const turn = PER_LINK + FAILURE_STAYS;
    expect(placeOf(RETRIED, PER_LINK, CURVES)).toMatchObject({ x: 200, fate: 'failed' });
    expect(placeOf(RETRIED, turn + PER_LINK / 2, CURVES)?.x).toBeCloseTo(150);
    expect(placeOf(RETRIED, turn + PER_LINK * 1.5, CURVES)?.x).toBeCloseTo(200);
    expect(endOfFlight(RETRIED)).toBe(turn + 2 * PER_LINK);
  });

  test('is nowhere while its link is not drawn', () => {
    expect(placeOf(ANSWERED, 1000, new Map())).toBeUndefined();
  });
});
