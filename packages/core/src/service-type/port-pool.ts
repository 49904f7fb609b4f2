import type { Pool } from './allocation.ts';

const PORT = /^[1-9]\d*$/;

/**
 * The ports from `first` to `last`, both included.
 *
 * The static band is that of KEP-3668: a 32nd of the range, at least 16 and at most 128 ports; none in a range of up to 16.
 *
 * @throws {RangeError} unless 1 ≤ first ≤ last ≤ 65535, in whole numbers.
 */
export function portPool(name: string, first: number, last: number): Pool {
  if (!isPort(first) || !isPort(last) || first > last) {
    throw new RangeError(`pool ${name}: ${first}-${last} is no range of ports`);
  }
  const size = last - first + 1;
  return {
    name,
    size,
    staticBand: size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128),
    valueAt: (index) => String(first + index),
    canonical: (value) =>
      PORT.test(value) && Number(value) >= first && Number(value) <= last ? value : undefined,
    outOfRange: () =>
      `provided port is not in the valid range. The range of valid ports is ${first}-${last}`,
    allocated: 'provided port is already allocated',
  };
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}
