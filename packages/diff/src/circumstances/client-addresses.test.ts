import { cidrContains, parseCIDR, parseIP } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clientAddresses } from './client-addresses.ts';

type Ranges = readonly string[] | undefined;

function isIn(ranges: Ranges, address: string | undefined): boolean {
  const ip = parseIP(address ?? '');
  return (
    ip !== undefined &&
    (ranges ?? []).some((range) => {
      const cidr = parseCIDR(range);
      return cidr !== undefined && cidrContains(cidr, ip);
    })
  );
}

describe('the client addresses that are tried', () => {
  it('are none where nothing asks for one', () => {
    expect(clientAddresses(undefined, undefined, false)).toEqual([undefined]);
  });

  it('are one, and none, where clients are kept to an endpoint', () => {
    expect(clientAddresses(undefined, undefined, true)).toEqual([undefined, '198.51.100.7']);
  });

  it('are one outside of all ranges first, one in each part, and none', () => {
    expect(clientAddresses(['10.0.0.0/8'], ['10.1.0.0/16', '192.168.0.0/16'], false)).toEqual([
      '198.51.100.7',
      '10.0.0.1',
      '10.1.0.1',
      '192.168.0.1',
      undefined,
    ]);
  });

  it('include one behind the end of a range, where only that tells two apart', () => {
    expect(clientAddresses(['10.0.0.0/30'], ['10.0.0.0/31'], false)).toEqual([
      '198.51.100.7',
      '10.0.0.1',
      '10.0.0.2',
      undefined,
    ]);
  });

  it('tell apart whatever two lists of ranges do', () => {
    const range = fc
      .tuple(
        fc.constantFrom(
          '10.0.0.0',
          '10.0.0.128',
          '198.51.100.7',
          '255.255.255.255',
          '2001:db8::',
          '::',
        ),
        fc.constantFrom(0, 1, 8, 24, 25, 31, 32, 120, 128),
      )
      .map(
        ([address, length]) =>
          `${address}/${address.includes(':') ? length : Math.min(length, 32)}`,
      );
    const ranges = fc.option(fc.array(range, { maxLength: 3 }), { nil: undefined });
    const address = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom('10.0.0.0', '10.0.0.129', '::1'),
    );
    fc.assert(
      fc.property(ranges, ranges, address, (before, after, client) => {
        const tried = clientAddresses(before, after, false);
        expect(tried.map((each) => [isIn(before, each), isIn(after, each)])).toContainEqual([
          isIn(before, client),
          isIn(after, client),
        ]);
      }),
      { numRuns: 300 },
    );
  });
});
