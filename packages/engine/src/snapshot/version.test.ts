import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatVersion, isSameShare, minus, NO_SHARE, plus, shareOf, sharesOf } from './version.ts';

const entries = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 8 });

describe('what entries add to a version', () => {
  it('is the same in any order, and gone with them', () => {
    fc.assert(
      fc.property(entries, fc.string(), fc.jsonValue(), (record, key, value) => {
        const reversed = Object.fromEntries(Object.entries(record).toReversed());
        const all = sharesOf('frontends', record);
        expect(sharesOf('frontends', reversed)).toEqual(all);
        const share = shareOf('frontends', key, value);
        expect(minus(plus(all, share), share)).toEqual(all);
      }),
    );
  });

  it('is another for another part, key or value', () => {
    const share = shareOf('services', 'shop/cart', { ports: [80] });
    for (const other of [
      shareOf('frontends', 'shop/cart', { ports: [80] }),
      shareOf('services', 'shop/mail', { ports: [80] }),
      shareOf('services', 'shop/cart', { ports: [81] }),
    ]) {
      expect(isSameShare(share, other)).toBe(false);
      expect(other[0]).not.toBe(share[0]);
      expect(other[1]).not.toBe(share[1]);
    }
  });

  it('differs for values that go from one key to another', () => {
    const one = sharesOf('nodeAddresses', { '192.0.2.1': 'a', '192.0.2.2': 'b' });
    const other = sharesOf('nodeAddresses', { '192.0.2.1': 'b', '192.0.2.2': 'a' });
    expect(one).not.toEqual(other);
  });

  it('never comes twice among a hundred thousand', () => {
    const versions = new Set<string>();
    let sum = NO_SHARE;
    for (let index = 0; index < 100_000; index += 1) {
      sum = plus(sum, shareOf('services', `shop/s${index % 300}`, index));
      versions.add(formatVersion(sum));
    }
    expect(versions.size).toBe(100_000);
  });

  it('is written as 16 hexadecimal digits', () => {
    expect(formatVersion(NO_SHARE)).toBe('0000000000000000');
    expect(formatVersion([0xffffffff, 10])).toBe('ffffffff0000000a');
  });
});
