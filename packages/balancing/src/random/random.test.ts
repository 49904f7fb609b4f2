import { describe, expect, it } from 'vitest';

import { contextOf } from '../../test/context.ts';
import { endpointsOf } from '../../test/endpoints.ts';
import { RANDOM } from './random.ts';

describe('a random pick', () => {
  it.each([
    ['equal', Array.from({ length: 1000 }, () => 1)],
    ['different', Array.from({ length: 1000 }, (_, index) => index)],
  ])('among available endpoints of %s weights asks for one, with one number', (_, weights) => {
    let asked = 0;
    let drawn = 0;
    const context = contextOf({
      isAvailable: () => (asked += 1) > 0,
      random: () => ((drawn += 1), 0.7),
    });
    RANDOM.pick(endpointsOf(weights), context);
    expect([asked, drawn]).toEqual([1, 1]);
  });

  it('reaches the first endpoint with the smallest number and the last with the largest', () => {
    const endpoints = endpointsOf([0, 4, 6, 5]);
    expect(RANDOM.pick(endpoints, contextOf({ random: () => 0 }))).toBe(endpoints[1]);
    expect(RANDOM.pick(endpoints, contextOf({ random: () => 1 - 2 ** -53 }))).toBe(endpoints[3]);
  });

  it('gives each endpoint as much of the range of numbers as its weight says', () => {
    const endpoints = endpointsOf([1, 3, 2]);
    const picked = Array.from({ length: 6 }, (_, index) =>
      RANDOM.pick(endpoints, contextOf({ random: () => index / 6 })),
    );
    expect(picked.map((endpoint) => endpoint?.weight)).toEqual([1, 3, 3, 3, 2, 2]);
  });

  it('finds the one available endpoint even where numbers always lead to another', () => {
    const endpoints = endpointsOf([1, 1, 1000]);
    const isAvailable = (endpoint: unknown): boolean => endpoint === endpoints[0];
    const context = contextOf({ random: () => 0.9, isAvailable });
    expect(RANDOM.pick(endpoints, context)).toBe(endpoints[0]);
  });
});
