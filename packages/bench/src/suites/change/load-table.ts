/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { apart } from '../../measure/apart.ts';
import { figureOf } from '../../measure/figure.ts';
import { packageVersion } from '../../measure/package-version.ts';
import { byTurns } from '../../measure/turns.ts';
import type { Effort, Figure, Row, Table } from '../../suite/suite.ts';
import { engine } from './engine.ts';
import type { LoadSample } from './load-program.ts';
import { LOADERS, type Loader, type PeerRoute } from './loaders.ts';
import { hostOf, pathOf, world } from './world.ts';

const MOST_TIME = 100;
/** What a Worker has. */
const MOST_MEMORY = 128;

/** The routes are what is looked at. */
const SERVICES = 1000;

/** Ingresses, and paths of each. */
const SIZES = [
  [10_000, 10],
  [100_000, 1],
] as const;

export async function loadTables(effort: Effort): Promise<readonly Table[]> {
  const directory = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  try {
    const tables: Table[] = [];
    for (const [ingresses, paths] of effort.isShort ? [[10, 10] as const] : SIZES) {
      tables.push(await loadTable(effort, directory, ingresses, paths));
    }
    return tables;
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function loadTable(
  { isShort, tell }: Effort,
  directory: string,
  ingresses: number,
  paths: number,
): Promise<Table> {
  const files = await writeTexts(directory, ingresses, paths);
  const samples = await byTurns(LOADERS, isShort ? 1 : 5, ({ name, reads }) =>
    apart<LoadSample>('suites/change/load-program.ts', [
      name,
      files[reads].path,
      ingresses,
      paths,
      files.wanted,
    ]),
  );
  tell(`loading ${ingresses} × ${paths} routes`);
  const figure = (name: string, of: (sample: LoadSample) => number): Figure =>
    figureOf((samples.get(name) ?? []).map(of));
  const rows = LOADERS.map(({ name, role, reads }): Row => ({
    subject: name,
    role,
    ...(role === 'peer' && { version: packageVersion(name) }),
    figures: [
      figureOf([files[reads].size / 1e6]),
      figure(name, ({ time }) => time),
      figure(name, ({ kept }) => kept),
    ],
  }));
  const time = figure('portolan', (each) => each.time).median;
  const memory = figure('portolan', (each) => each.kept).median + files.snapshot.size / 1e6;
  return {
    title: `A start with 100,000 routes: ${ingresses.toLocaleString('en')} hosts, ${paths} each`,
    columns: [
      { name: 'text', unit: 'MB', better: 'lower' },
      { name: 'to the first match', unit: 'ms', better: 'lower' },
      { name: 'kept', unit: 'MB', better: 'lower' },
    ],
    rows,
    goals: [
      { wanted: `at most ${MOST_TIME} ms`, measured: time, reached: time <= MOST_TIME },
      {
        wanted: `at most ${MOST_MEMORY} MB, with the text`,
        measured: memory,
        reached: memory <= MOST_MEMORY,
      },
    ],
    note: `From a text in memory to the first answer. Ours is a whole Snapshot; the peers, which have nothing to load, are given a list of hosts, paths and names of Services as JSON and add each to a router, the host as the path's first element.`,
  };
}

interface Text {
  readonly path: string;
  /** In characters. */
  readonly size: number;
}

interface Texts extends Readonly<Record<Loader['reads'], Text>> {
  /** The Service of the host in the middle. */
  readonly wanted: string;
}

async function writeTexts(directory: string, ingresses: number, paths: number): Promise<Texts> {
  const services = Math.min(ingresses, SERVICES);
  const { snapshot } = engine().build(world({ ingresses, paths, services, pods: 0 }));
  const list = Array.from({ length: ingresses }, (_, index) =>
    Array.from({ length: paths }, (_each, at): PeerRoute => [
      hostOf(index),
      pathOf(at),
      `service-${index % services}`,
    ]),
  ).flat();
  return {
    snapshot: await write(join(directory, 'snapshot.json'), snapshot),
    list: await write(join(directory, 'list.json'), list),
    wanted: `service-${(ingresses >> 1) % services}`,
  };
}

async function write(path: string, value: unknown): Promise<Text> {
  const text = JSON.stringify(value);
  await writeFile(path, text);
  return { path, size: text.length };
}
