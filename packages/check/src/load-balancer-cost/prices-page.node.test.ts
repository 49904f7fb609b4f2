import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { pricesPage } from '../../test/prices-page.ts';
import { PRICES } from './prices.ts';

describe('every price', () => {
  it.each(PRICES)('of $name is more than nothing, dated and sourced', (price) => {
    const { monthly, currency, note, source, read } = price;
    expect(monthly).toBeGreaterThan(0);
    expect(currency).toMatch(/^[A-Z]{3}$/u);
    expect(note).toContain('Not summed: ');
    expect(new URL(source ?? '').protocol).toBe('https:');
    expect(read).toMatch(/^2\d{3}-\d\d(?:-\d\d)?$/u);
  });

  it('has a name of its own', () => {
    expect(new Set(PRICES.map(({ name }) => name.toLowerCase())).size).toBe(PRICES.length);
  });

  it('is in docs/reference/load-balancer-costs.md', async () => {
    // Out of date? `vitest run --project node packages/check -u` writes it anew.
    const page = join(import.meta.dirname, '../../../../docs/reference/load-balancer-costs.md');
    await expect(pricesPage()).toMatchFileSnapshot(page);
  });
});
