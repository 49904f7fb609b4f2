import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rendezvous } from './rendezvous.ts';

const addresses = Array.from({ length: 10 }, (_, index) => `10.244.1.${index}:8080`);
const clients = Array.from({ length: 5000 }, (_, index) => `192.168.${index >> 8}.${index & 255}`);
const itself = (text: string): string => text;

/** How far the numbers of keys for each candidate are from equal: Pearson's test. */
function chiSquare(keys: readonly string[], candidates: readonly string[]): number {
  const picked = keys.map((key) => rendezvous(candidates, itself, key));
  const expected = keys.length / candidates.length;
  return candidates
    .map((candidate) => picked.filter((one) => one === candidate).length)
    .reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('the candidate with the highest random weight', () => {
  it('does not exist among none', () => {
    expect(rendezvous([], itself, 'key')).toBeUndefined();
  });

  it('is one of the candidates, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1 }),
        fc.string(),
        fc.infiniteStream(fc.nat()),
        (candidates, key, random) => {
          const picked = rendezvous(candidates, itself, key);
          expect(candidates).toContain(picked);
          const shuffled = candidates
            .map((candidate) => ({ candidate, order: random.next().value }))
            .toSorted((a, b) => a.order - b.order)
            .map(({ candidate }) => candidate);
          expect(rendezvous(shuffled, itself, key)).toBe(picked);
        },
      ),
    );
  });

  it('changes only for the keys of the candidate that left', () => {
    const gone = addresses[3];
    const remaining = addresses.filter((address) => address !== gone);
    const moved = clients.filter(
      (client) => rendezvous(addresses, itself, client) !== rendezvous(remaining, itself, client),
    );
    expect(moved).toEqual(
      clients.filter((client) => rendezvous(addresses, itself, client) === gone),
    );
    expect(moved.length).toBeGreaterThan(0);
  });

  it('is spread evenly over the candidates', () => {
    // The 99.9 % quantile with nine degrees of freedom.
    expect(chiSquare(clients, addresses)).toBeLessThan(27.88);
  });

  it('spreads the keys of one that left evenly over the others', () => {
    const [gone, ...remaining] = addresses;
    const moved = clients.filter((client) => rendezvous(addresses, itself, client) === gone);
    // The 99.9 % quantile with eight degrees of freedom.
    expect(chiSquare(moved, remaining)).toBeLessThan(26.12);
  });
});
