import { describe, expect, it } from 'vitest';

import { plainScalar } from './plain-scalar.ts';

describe('a plain scalar', () => {
  it.each<[string, string | number | boolean | null]>([
    ['', null],
    ['~', null],
    ['null', null],
    ['nULL', 'nULL'],
    ['true', true],
    ['False', false],
    ['tRue', 'tRue'],
    ['0', 0],
    ['-12', -12],
    ['+8080', 8080],
    ['0644', 420],
    ['0o17', 15],
    ['-0x1F', -31],
    ['0b101', 5],
    ['1_000', 1000],
    ['089', 89],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1e999', '1e999'],
    ['.inf', '.inf'],
    ['1.2.3', '1.2.3'],
    ['12:30', '12:30'],
    ['10Gi', '10Gi'],
    ['0x', '0x'],
    ['-', '-'],
    ['2001-12-14', '2001-12-14'],
    ['NaN', 'NaN'],
  ])('%j stands for %j', (source, value) => {
    expect(plainScalar(source)).toEqual({ value });
  });

  it.each(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'])(
    '%j is a string, and true in YAML 1.1',
    (source) => {
      expect(plainScalar(source)).toEqual({ value: source, yaml11: true });
    },
  );

  it.each(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'])(
    '%j is a string, and false in YAML 1.1',
    (source) => {
      expect(plainScalar(source)).toEqual({ value: source, yaml11: false });
    },
  );
});
