import type { Price } from './price.ts';

const HOURS = 730;
const USD = 'USD';

/**
 * What is known of prices, without taxes. Each was read where `source` says, in a copy of that page: `read` is the date that the
 * copy bears, or else the month in which it was read.
 */
export const PRICES: readonly Price[] = [
  {
    name: 'AWS Network Load Balancer',
    monthly: 0.0225 * HOURS,
    currency: USD,
    note: '0.0225 USD an hour in US East (N. Virginia). Not summed: 0.006 USD an hour for each capacity unit (NLCU) used, public IPv4 addresses, data transfer.',
    source: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
    read: '2026-11',
  },
  {
    name: 'Google Cloud forwarding rules',
    monthly: 0.025 * HOURS,
    currency: USD,
    per: 'Protocol',
    included: 5,
    additional: 0.01 * HOURS,
    note: '0.025 USD an hour for the first five rules together, 0.01 for each further one; a Service is taken to need a rule for each protocol. Not summed: 0.008 USD for each GiB in and out in Iowa (us-central1), data transfer.',
    source: 'https://cloud.google.com/load-balancing/pricing',
    read: '2026-09-20',
  },
  {
    name: 'Azure Standard Load Balancer',
    monthly: 0.025 * HOURS,
    currency: USD,
    per: 'Port',
    included: 5,
    additional: 0.01 * HOURS,
    note: '0.025 USD an hour for the first five rules together, 0.01 for each further one; Services are taken to share one load balancer, with a rule for each port. The Azure Retail Prices API had the same 0.025 on 2026-10-03. Not summed: 0.005 USD for each GB processed, public IPv4 addresses, outbound rules.',
    source: 'https://c3x.dev/resources/azure/azurerm_lb',
    read: '2026-11',
  },
  {
    name: 'DigitalOcean regional load balancer',
    monthly: 12,
    currency: USD,
    note: 'An HTTP load balancer of one node; a network load balancer is 15 USD for each node. Not summed: further nodes, traffic beyond what the machines include.',
    source: 'https://docs.digitalocean.com/products/networking/load-balancers/details/pricing/',
    read: '2026-01-07',
  },
  {
    name: 'Hetzner LB11',
    monthly: 7.49,
    currency: 'EUR',
    note: 'In Germany and Finland, since April 2026. Not summed: traffic beyond what is included.',
    source: 'https://docs.hetzner.com/general/infrastructure-and-availability/price-adjustment/',
    read: '2026-10-09',
  },
  {
    name: 'Cloudflare Workers Paid',
    monthly: 5,
    currency: USD,
    per: 'Worker',
    note: 'With 10 million requests and 30 million milliseconds of CPU time a month. Not summed: 0.30 USD for each further million requests, 0.02 for each further million milliseconds.',
    source: 'https://developers.cloudflare.com/workers/platform/pricing/',
    read: '2026-11',
  },
];
