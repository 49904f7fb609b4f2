import type { EndpointSlice } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { arrangeSlices, MAX_ENDPOINTS } from './arrange-slices.ts';
import type { SliceEndpoint, SliceGroup } from './wanted-slices.ts';

const ports = [{ name: 'http', protocol: 'TCP', port: 8080 }] as const;

function endpoint(number: number, ready = true): SliceEndpoint {
  return {
    addresses: [`10.0.${number >> 8}.${number & 255}`],
    conditions: { ready, serving: ready, terminating: false },
    targetRef: { kind: 'Pod', namespace: 'shop', name: `cart-${number}`, uid: `uid-${number}` },
  };
}

function group(numbers: readonly number[]): SliceGroup {
  return { addressType: 'IPv4', ports, endpoints: numbers.map((number) => endpoint(number)) };
}

function slice(name: string, numbers: readonly number[]): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'shop' },
    ...group(numbers),
  };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Which numbers stand in which slice; those of new slices under `new`. */
function arranged(
  wanted: readonly number[],
  existing: readonly EndpointSlice[],
): readonly (readonly [string, number])[] {
  return arrangeSlices([group(wanted)], existing).map((each) => [
    each.slice?.metadata.name ?? 'new',
    each.endpoints.length,
  ]);
}

describe('endpoints', () => {
  it('stand at most 100 to a slice', () => {
    expect(arranged(range(0, 250), [])).toEqual([
      ['new', 100],
      ['new', 100],
      ['new', 50],
    ]);
  });

  it('stay where they are when others come and go', () => {
    const existing = [slice('a', range(0, 100)), slice('b', range(100, 150))];
    const [first, second] = arrangeSlices([group([...range(1, 150), 200])], existing);
    expect(first).toMatchObject({ slice: { metadata: { name: 'a' } } });
    expect(first?.endpoints).toEqual([...range(1, 100), 200].map((number) => endpoint(number)));
    expect(second?.endpoints).toEqual(range(100, 150).map((number) => endpoint(number)));
  });

  it('that are new go where something changes anyway, then where there is room', () => {
    const existing = [slice('a', range(0, 98)), slice('b', range(98, 198))];
    const wanted = [...range(0, 197), ...range(300, 304)];
    expect(arranged(wanted, existing)).toEqual([
      ['b', 100],
      ['a', 100],
      ['new', 1],
    ]);
  });

  it('that have other ports, or addresses of another type, stand in slices of their own', () => {
    const other: SliceGroup = {
      ...group([3]),
      ports: [{ name: 'http', protocol: 'TCP', port: 9 }],
    };
    const six: SliceGroup = { ...group([4]), addressType: 'IPv6' };
    const names = arrangeSlices([group([1]), other, six], [slice('a', [1])]);
    expect(names.map((each) => each.slice?.metadata.name)).toEqual(['a', undefined, undefined]);
  });
});

describe('a slice', () => {
  it('that is empty goes, unless it is the last', () => {
    expect(arranged([1], [slice('a', [1]), slice('b', [2])])).toEqual([['a', 1]]);
    expect(arranged([], [slice('a', [1]), slice('b', [2])])).toEqual([['a', 0]]);
  });

  it('that is no longer needed becomes one that is', () => {
    const changed: SliceGroup = { ...group([1]), ports: [] };
    expect(arrangeSlices([changed], [slice('a', [1])])).toMatchObject([
      { slice: { metadata: { name: 'a' } }, ports: [], endpoints: [endpoint(1)] },
    ]);
  });
});

describe('whatever there was', () => {
  it('every endpoint stands in one slice, once, and no slice is too long', () => {
    const some = fc.uniqueArray(fc.nat(400), { maxLength: 350 });
    fc.assert(
      fc.property(some, fc.array(some, { maxLength: 5 }), (wanted, before) => {
        const existing = before.map((numbers, index) =>
          slice(`s-${index}`, numbers.slice(0, MAX_ENDPOINTS)),
        );
        const result = arrangeSlices([group(wanted)], existing);
        const all = result.flatMap(({ endpoints }) =>
          endpoints.map(({ targetRef }) => targetRef?.name),
        );
        expect(all).toHaveLength(wanted.length);
        expect(new Set(all)).toEqual(new Set(wanted.map((number) => `cart-${number}`)));
        expect(result.every(({ endpoints }) => endpoints.length <= MAX_ENDPOINTS)).toBe(true);
      }),
    );
  });
});
