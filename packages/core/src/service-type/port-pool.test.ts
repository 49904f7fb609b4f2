import { describe, expect, it } from 'vitest';

import { portPool } from './port-pool.ts';

describe('a pool of ports', () => {
  it('has every port of its range, both ends included', () => {
    const pool = portPool('nodePort', 30000, 32767);
    expect(pool.size).toBe(2768);
    expect(pool.valueAt(0)).toBe('30000');
    expect(pool.valueAt(2767)).toBe('32767');
    expect(pool.canonical('30000')).toBe('30000');
    expect(pool.canonical('32767')).toBe('32767');
  });

  it.each(['29999', '32768', '030000', '3e4', '', '-1', ' 30000'])('does not have %j', (value) => {
    expect(portPool('nodePort', 30000, 32767).canonical(value)).toBeUndefined();
  });

  it('says in the API server’s words why a port can’t be given', () => {
    const pool = portPool('nodePort', 30000, 32767);
    expect(pool.outOfRange('80')).toBe(
      'provided port is not in the valid range. The range of valid ports is 30000-32767',
    );
    expect(pool.allocated).toBe('provided port is already allocated');
  });

  it.each([
    [30000, 32767, 86],
    [30000, 30015, 0],
    [30000, 30016, 16],
    [30000, 30999, 31],
    [1, 65535, 128],
  ])(
    'keeps the lower band of %i–%i for fixed ports: %i of them (KEP-3668)',
    (first, last, band) => {
      expect(portPool('nodePort', first, last).staticBand).toBe(band);
    },
  );

  it.each([
    [0, 10],
    [10, 9],
    [1, 65536],
    [1.5, 3],
    [Number.NaN, 3],
  ])('can’t be made of %d–%d', (first, last) => {
    expect(() => portPool('nodePort', first, last)).toThrow(RangeError);
  });
});
