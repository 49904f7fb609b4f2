/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
import { apart } from '../../measure/apart.ts';
import { figureOf } from '../../measure/figure.ts';
import { packageVersion } from '../../measure/package-version.ts';
import { byTurns } from '../../measure/turns.ts';
import type { Column, Effort, Figure, Row, Suite, Table } from '../../suite/suite.ts';
import type { DecisionSample } from './decision-program.ts';
import { POLICY_SUBJECTS, SUBJECTS, type Subject } from './subjects.ts';

export const decision: Suite = {
  name: 'decision',
  title: 'Decisions',
  about: `What it costs to decide about a request: from its facts to the endpoint that is to answer, as the gateway asks, with what it
knows of endpoints. The peers are routers whose routes each lead to a list of addresses that take turns; they know no settings, no
limits, and no endpoint that is ejected or not ready. Hosts are the first element of their paths. Each figure is of processes of its
own, 1000 different requests in turn (20 with the trace), half of them below a rule's path, texts new for each of them.`,
  run: async (effort) => [await sizesTable(effort), await policiesTable(effort)],
};

const ROUNDS = 3;

async function sizesTable(effort: Effort): Promise<Table> {
  const sizes = effort.isShort ? [10] : [100, 1000, 10_000];
  const figures: (readonly Figure[])[] = [];
  for (const ingresses of sizes) figures.push(await figuresOf(effort, SUBJECTS, ingresses));
  return {
    title: 'A decision',
    columns: sizes.map((ingresses) => column(`among ${rulesOf(ingresses)}`)),
    rows: SUBJECTS.map((subject, at) =>
      row(
        subject,
        figures.map((each) => each[at]),
      ),
    ),
    note: 'Each Ingress has a host, two paths and a Service of ten Pods. The trace names every rule, and why it lost.',
  };
}

async function policiesTable(effort: Effort): Promise<Table> {
  const ingresses = effort.isShort ? 10 : 1000;
  const figures = await figuresOf(effort, POLICY_SUBJECTS, ingresses);
  return {
    title: 'A decision, by policy',
    columns: [column(`among ${rulesOf(ingresses)}`)],
    rows: POLICY_SUBJECTS.map((subject, at) => row(subject, [figures[at]])),
    note: 'One of ten endpoints. RendezvousHash and Maglev go by the client’s address.',
  };
}

function rulesOf(ingresses: number): string {
  return `${(2 * ingresses).toLocaleString('en')} rules`;
}

function column(name: string): Column {
  return { name, unit: 'ns', better: 'lower' };
}

function row({ name, role, packageName }: Subject, figures: Row['figures']): Row {
  const version = packageName === undefined ? {} : { version: packageVersion(packageName) };
  return { subject: name, role, ...version, figures };
}

/** One for each subject. */
async function figuresOf(
  { isShort, tell }: Effort,
  subjects: readonly Subject[],
  ingresses: number,
): Promise<readonly Figure[]> {
  const milliseconds = isShort ? 10 : 600;
  const samples = await byTurns(subjects, isShort ? 1 : ROUNDS, ({ name }) =>
    apart<DecisionSample>('suites/decision/decision-program.ts', [name, ingresses, milliseconds]),
  );
  tell(`${subjects.map(({ name }) => name).join(', ')}: among ${rulesOf(ingresses)}`);
  return subjects.map(({ name }) => figureOf((samples.get(name) ?? []).map(({ time }) => time)));
}
