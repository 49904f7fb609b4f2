import { costOf, type Price, type PricedUnit } from '../src/load-balancer-cost/price.ts';
import { PRICES } from '../src/load-balancer-cost/prices.ts';

const INTRODUCTION = `# What load balancers cost

Each Service of type LoadBalancer gets a load balancer of its own, and providers ask a fixed price for it, whatever goes through
it. Where manifests have two or more such Services, \`portolan check\` sums these prices under the code
[LoadBalancerCost](codes.md#loadbalancercost): one by one, with one Ingress in front of all Services that speak HTTP, and beside
one Worker in their place. It prices from the tables on this page and knows nothing of contracts, regions and taxes.

A month has 730 hours. Only fixed prices are summed: what is paid by usage is named, and comes on top.`;

const READ = `Each price was read in a copy or a quotation of the page that it links to, at the date given: the one that the copy bears, or else
the month in which it was read. Cloudflare Load Balancing is not in the table, since no such page was found.`;

const INGRESS = `## What can go behind an Ingress

A port is taken to speak HTTP where an Ingress among the manifests leads to it, where its \`appProtocol\` says so, or, without an
\`appProtocol\`, where its name does (\`http\`, \`https\`, \`web\`, alone or beside a hyphen) or its number is 80, 443, 8008,
8080 or 8443. A Service all of whose ports do can go behind an Ingress, which is taken to have a load balancer with ports 80 and 443. UDP,
SCTP, gRPC without TLS and every other port over TCP need a load balancer still, beside an Ingress as beside a Worker.`;

const OWN = `## Prices of your own

\`check.prices\` in \`portolan.yaml\` takes the place of the row that has the same name, the whole of it, or adds one:

\`\`\`yaml
check:
  prices:
    - name: AWS Network Load Balancer
      monthly: 18.40
      currency: USD
      note: eu-central-1, by contract
      source: https://intranet.example/prices
      read: 2026-11-23
    - name: Our own balancers
      monthly: 40
      currency: EUR
      per: Port
      included: 10
      additional: 2.50
\`\`\`

\`monthly\` is for the first \`included\` together, 1 by default, and \`additional\` for each further one, \`monthly\` by default. What is
counted is said by \`per\`: each \`Service\`, which is the default, each \`Protocol\` or each \`Port\` of each Service, or the \`Worker\`
in place of all of them.`;

const BALANCERS = [
  'Load balancer',
  'To begin with',
  'Each further one',
  'Counted',
  'Five of them',
  'Read',
];
const WORKERS = ['Plan', 'A month', 'Read'];

/** The documentation of all prices. */
export function pricesPage(): string {
  const balancers = PRICES.filter(({ per }) => per !== 'Worker');
  const workers = PRICES.filter(({ per }) => per === 'Worker');
  return `${[
    INTRODUCTION,
    `## Load balancers\n\n${READ}`,
    table([BALANCERS, ...balancers.map(balancerRow)]),
    notes(balancers),
    '## Workers',
    table([
      WORKERS,
      ...workers.map((price) => [price.name, money(price.monthly, price), readIn(price)]),
    ]),
    notes(workers),
    INGRESS,
    OWN,
  ].join('\n\n')}\n`;
}

function balancerRow(price: Price): readonly string[] {
  const { name, monthly, included = 1, additional = monthly, per = 'Service' } = price;
  return [
    name,
    `${money(monthly, price)}${included === 1 ? '' : ` for ${included} together`}`,
    money(additional, price),
    UNITS[per],
    money(costOf(price, 5), price),
    readIn(price),
  ];
}

const UNITS: Readonly<Record<PricedUnit, string>> = {
  Port: 'ports of Services',
  Protocol: 'protocols of Services',
  Service: 'Services',
  Worker: 'Workers',
};

function money(amount: number, { name, currency }: Price): string {
  const cents = costOf({ name, currency, monthly: amount }, 1);
  return `${cents.toFixed(2)} ${currency}`;
}

function readIn({ source = '', read = '' }: Price): string {
  return `[${read}](${source})`;
}

function notes(prices: readonly Price[]): string {
  return prices.map(({ name, note = '' }) => `- ${name}: ${note}`).join('\n');
}

/** As the formatter wants it: cells as wide as the widest of their column. */
function table(rows: readonly (readonly string[])[]): string {
  const [header = [], ...body] = rows;
  const widths = header.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], filling = ' '): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, filling)).join(' | ')} |`;
  return [line(header), line([], '-'), ...body.map((row) => line(row))].join('\n');
}
