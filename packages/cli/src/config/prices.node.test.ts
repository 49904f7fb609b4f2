import { parseDocument } from '@portolan/document';
import { formatDiagnostic } from '@portolan/manifests';
import { expect, it } from 'vitest';

import { ConfigurationSchema } from './schema.ts';

const PRICES = 'check:\n  prices:\n';

it('takes prices with all that is known of them', () => {
  const text = `${PRICES}    - { name: Mine, monthly: 40, currency: EUR, per: Port, included: 10, additional: 2.5, note: by contract, source: https://prices.example/, read: 2026-11-23 }\n    - { name: Other, monthly: 0, currency: USD }\n`;
  expect(parseDocument(text, 'portolan.yaml', ConfigurationSchema).value?.check?.prices).toEqual([
    {
      name: 'Mine',
      monthly: 40,
      currency: 'EUR',
      per: 'Port',
      included: 10,
      additional: 2.5,
      note: 'by contract',
      source: 'https://prices.example/',
      read: '2026-11-23',
    },
    { name: 'Other', monthly: 0, currency: 'USD' },
  ]);
});

it.each([
  ['{ name: Mine, monthly: 40 }', '3:7: error: check.prices[0].currency: is missing'],
  [
    '{ name: Mine, currency: EUR, monthly: -1 }',
    '3:36: error: check.prices[0].monthly: must be an amount, 0 or more, not -1',
  ],
  [
    '{ name: Mine, currency: euros, monthly: 1 }',
    '3:21: error: check.prices[0].currency: must be a currency of three letters, such as USD, not "euros"',
  ],
  [
    '{ name: Mine, currency: EUR, monthly: 1, read: yesterday }',
    '3:48: error: check.prices[0].read: must be a date, such as 2026-11-23 or 2026-11, not "yesterday"',
  ],
  [
    '{ name: Mine, currency: EUR, monthly: 1, included: 0 }',
    '3:48: error: check.prices[0].included: must be a whole number, 1 or more, not 0',
  ],
  [
    '{ name: Mine, currency: EUR, month: 1 }',
    '3:36: error: check.prices[0].month: is no field here; is monthly meant?',
  ],
  [
    '{ name: Mine, currency: EUR, monthly: 1 }\n    - { name: mine, currency: EUR, monthly: 2 }',
    '2:3: error: check.prices: there are two prices of Mine',
  ],
])('refuses %s, and says where and why', (entry, fault) => {
  const parsed = parseDocument(`${PRICES}    - ${entry}\n`, 'portolan.yaml', ConfigurationSchema);
  const faults = parsed.value === undefined ? parsed.diagnostics.map(formatDiagnostic) : [];
  expect(faults).toContain(`portolan.yaml:${fault}`);
});
