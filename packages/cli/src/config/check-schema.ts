import {
  withPrices,
  type Finding,
  type Price,
  type PricedUnit,
  type SilenceRule,
} from '@portolan/check';
import { described, mapping, optional, text } from '@portolan/document';
import * as v from 'valibot';

import { usable } from './usable.ts';

/** What `portolan check` is told by `portolan.yaml`. */
export interface CheckConfiguration {
  readonly silence?: readonly SilenceRule[];
  readonly failOn?: Finding['severity'];
  readonly prices?: readonly Price[];
}

/** The worst first. */
export const SEVERITIES: readonly Finding['severity'][] = ['error', 'warning', 'notice'];

const SilenceSchema = v.union(
  [
    v.pipe(
      v.string(),
      v.transform((code) => ({ code })),
    ),
    mapping({
      code: described(text('must be a code'), 'Such as HostWithoutTLS.'),
      object: optional(text('must be a text'), 'Such as Ingress shop/web; * stands for any text.'),
      field: optional(text('must be a text'), 'Such as spec.tls; * stands for any text.'),
      file: optional(text('must be a text'), 'As it is printed; * stands for any text.'),
    }),
  ],
  'must be a code, or a mapping that has a code',
);

const AMOUNT = 'must be an amount, 0 or more';
const amount = v.pipe(v.number(AMOUNT), v.finite(AMOUNT), v.minValue(0, AMOUNT));
const CURRENCY = 'must be a currency of three letters, such as USD';
const SOURCE = 'must be a URL';
const DATE = 'must be a date, such as 2026-11-23 or 2026-11';
const COUNT = 'must be a whole number, 1 or more';
const UNITS: readonly PricedUnit[] = ['Service', 'Protocol', 'Port', 'Worker'];

const PriceSchema = mapping({
  name: described(text('must be a name'), 'Of the product, such as AWS Network Load Balancer.'),
  monthly: described(amount, 'For a month of 730 hours, of the first `included` together.'),
  currency: described(v.pipe(v.string(CURRENCY), v.regex(/^[A-Z]{3}$/u, CURRENCY)), 'Such as USD.'),
  per: optional(
    v.picklist(UNITS, `must be one of ${UNITS.join(', ')}`),
    'What is counted; Service by default. Worker: one in place of all Services.',
  ),
  included: optional(
    v.pipe(v.number(COUNT), v.integer(COUNT), v.minValue(1, COUNT)),
    'How many `monthly` is for; 1 by default.',
  ),
  additional: optional(amount, 'For each further one; as much as `monthly` by default.'),
  note: optional(text('must be a text'), 'What it is for, and what is not in it.'),
  source: optional(v.pipe(v.string(SOURCE), v.url(SOURCE)), 'Where it was read.'),
  read: optional(
    v.pipe(v.string(DATE), v.regex(/^\d{4}-\d{2}(?:-\d{2})?$/u, DATE)),
    'When it was read.',
  ),
});

/** Of portolan check. */
export const CheckSchema: v.GenericSchema<unknown, CheckConfiguration> = mapping({
  silence: optional(
    v.array(SilenceSchema, 'must be a list'),
    'Findings that are known and wanted: codes, or narrower.',
  ),
  failOn: optional(
    v.picklist(SEVERITIES, `must be one of ${SEVERITIES.join(', ')}`),
    'The least severity that makes the command fail; warning by default.',
  ),
  prices: optional(
    v.pipe(
      v.array(PriceSchema, 'must be a list'),
      usable((prices) => withPrices([], prices)),
    ),
    'What load balancers cost, in place of the prices of the same name or beside them.',
  ),
});
