/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
import { apart } from '../../measure/apart.ts';
import { figureOf } from '../../measure/figure.ts';
import type { Column, Effort, Row, Table } from '../../suite/suite.ts';
import type { ChangeSamples } from './change-program.ts';
import type { Size } from './world.ts';

const COLUMNS: readonly Column[] = [
  { name: 'to a new Snapshot', unit: 'ms', better: 'lower' },
  { name: 'garbage', unit: 'bytes', better: 'lower' },
  { name: 'to its delta as JSON', unit: 'ms', better: 'lower' },
  { name: 'pushed', unit: 'bytes', better: 'lower' },
  { name: 'applied', unit: 'ms', better: 'lower' },
  { name: 'all anew', unit: 'ms', better: 'lower' },
];

export async function podTable(effort: Effort): Promise<Table> {
  const sizes = effort.isShort ? [[100, 10] as const] : POD_SIZES;
  const rows: Row[] = [];
  for (const [pods, each] of sizes) {
    const services = pods / each;
    const subject = `${count(pods)} endpoints, ${count(each)} of each Service`;
    rows.push(await row(effort, 'Pod', subject, { ingresses: services, services, pods }));
  }
  return {
    title: 'One Pod',
    columns: COLUMNS,
    rows,
    note: 'A Pod gets another address. As many Ingresses as Services.',
  };
}

/** How many there are, and how many of each Service. */
const POD_SIZES = [
  [100, 10],
  [1000, 10],
  [10_000, 10],
  [100_000, 10],
  [100_000, 1000],
] as const;

export async function ingressTable(effort: Effort): Promise<Table> {
  const rows: Row[] = [];
  for (const ingresses of effort.isShort ? [10] : [10, 100, 1000, 10_000]) {
    const subject = `${count(ingresses)} ${ingresses === 1 ? 'Ingress' : 'Ingresses'}`;
    const size = { ingresses, services: ingresses, pods: ingresses };
    rows.push(await row(effort, 'Ingress', subject, size));
  }
  return {
    title: 'One Ingress',
    columns: COLUMNS,
    rows,
    note: 'One path more in one Ingress, and one less. As many Services, of one Pod each.',
  };
}

async function row(
  { isShort, tell }: Effort,
  kind: 'Ingress' | 'Pod',
  subject: string,
  { ingresses, services, pods }: Size,
): Promise<Row> {
  const turns = isShort ? 2 : 40;
  const parameters = [kind, ingresses, services, pods, turns];
  const samples = await apart<ChangeSamples>('suites/change/change-program.ts', parameters);
  tell(`one ${kind} among ${subject}`);
  const { snapshot, garbage, delta, pushed, applied, anew } = samples;
  return {
    subject,
    role: 'ours',
    figures: [snapshot, [garbage], delta, pushed, applied, anew].map(figureOf),
  };
}

function count(number: number): string {
  return number.toLocaleString('en');
}
