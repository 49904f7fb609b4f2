/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

import { certificate } from '../../../node/test/certificate/certificate.ts';
import { figureOf } from '../measure/figure.ts';
import { byTurns } from '../measure/turns.ts';
import type { Column, Effort, Figure, Goal, Row, Table } from '../suite/suite.ts';
import type { Forwarder, Forwarding } from './forwarder.ts';
import { loader, put, type Load } from './load.ts';
import { startOrigin } from './origin.ts';
import { FIELDS, PAGES, UPLOAD } from './pages.ts';
import { cpuTime } from './running.ts';

const ROUNDS = 3;

/** Of one forwarder under one load. */
interface Sample {
  readonly perSecond: number;
  /** Microseconds of CPU time for each request. */
  readonly cpu?: number;
}

/** What was measured, by load, then by forwarder. */
export class Compared {
  readonly #samples: ReadonlyMap<string, ReadonlyMap<string, readonly Sample[]>>;

  constructor(samples: ReadonlyMap<string, ReadonlyMap<string, readonly Sample[]>>) {
    this.#samples = samples;
  }

  figure(load: string, forwarder: string, what: keyof Sample): Figure | undefined {
    const samples = this.#samples.get(load)?.get(forwarder) ?? [];
    const values = samples.flatMap((sample) => sample[what] ?? []);
    return values.length === 0 ? undefined : figureOf(values);
  }

  /** The median of one forwarder by that of another. */
  ratio(load: string, one: string, other: string, what: keyof Sample): number {
    const [above, below] = [this.figure(load, one, what), this.figure(load, other, what)];
    return above && below ? above.median / below.median : NaN;
  }
}

/** Puts each load on each forwarder, by turns, after a look at what it answers. */
export async function compare(
  forwarders: readonly Forwarder[],
  loads: readonly Load[],
  { isShort, tell }: Effort,
): Promise<Compared> {
  const folder = mkdtempSync(`${tmpdir()}/portolan-forwarding-`);
  // Workers of nginx may be somebody else.
  chmodSync(folder, 0o755);
  const running = new Map<string, Forwarding>();
  const origin = await startOrigin(folder);
  try {
    const tls = writeCertificate(folder);
    for (const forwarder of forwarders) {
      running.set(forwarder.name, await forwarder.start({ origin: origin.port, folder, tls }));
    }
    for (const [name, forwarding] of running) await checkAnswers(name, forwarding, loads);
    const wrk = loader(isShort);
    const samples = new Map<string, ReadonlyMap<string, readonly Sample[]>>();
    for (const load of loads) {
      tell(load.name);
      const able = forwarders.filter(({ name }) => portFor(running.get(name), load) !== undefined);
      samples.set(
        load.name,
        await byTurns(able, isShort ? 0 : ROUNDS, async ({ name }): Promise<Sample> => {
          const forwarding = running.get(name);
          const before = cpuTime(forwarding?.child.pid);
          const seconds = isShort ? 0.05 : 1;
          const port = portFor(forwarding, load) ?? 0;
          const result = await put(load, port, { seconds, wrk, folder });
          const after = cpuTime(forwarding?.child.pid);
          if (result.requests === 0) throw new Error(`${name} answered nothing: ${load.name}`);
          return {
            perSecond: result.requests / result.seconds,
            ...(before !== undefined &&
              after !== undefined && { cpu: (after - before) / result.requests }),
          };
        }),
      );
    }
    return new Compared(samples);
  } finally {
    for (const { stop } of [...running.values(), origin]) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function portFor(forwarding: Forwarding | undefined, { isSecure }: Load): number | undefined {
  return isSecure ? forwarding?.securePort : forwarding?.port;
}

function writeCertificate(folder: string): { cert: string; key: string; both: string } {
  const { cert, key } = certificate('shop.example');
  const files = { cert: `${folder}/tls.crt`, key: `${folder}/tls.key`, both: `${folder}/tls.pem` };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
  writeFileSync(files.both, cert + key);
  return files;
}

/** @throws {Error} where an answer is not the origin's */
export async function checkAnswers(
  name: string,
  forwarding: Forwarding,
  loads: readonly Load[],
): Promise<void> {
  for (const load of loads) {
    const port = portFor(forwarding, load);
    if (port === undefined) continue;
    let answer = await ask(load, port).catch(String);
    for (let tries = 0; answer.includes('ECONNREFUSED') && tries < 50; tries += 1) {
      await setTimeout(100);
      answer = await ask(load, port).catch(String);
    }
    if (answer !== `200 ${PAGES[load.page].body}`) {
      throw new Error(`${name} answers ${load.name} with ${answer.slice(0, 1000)}`);
    }
  }
}

/** Status and body. */
async function ask({ page, method, closes, isSecure }: Load, port: number): Promise<string> {
  const headers = { ...FIELDS, Connection: closes ? 'close' : 'keep-alive' };
  const how = { port, method, path: PAGES[page].path, headers, agent: false as const };
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = isSecure
      ? https.request({ ...how, servername: 'shop.example', rejectUnauthorized: false }, resolve)
      : http.request(how, resolve);
    request.on('error', reject).end(method === 'POST' ? UPLOAD : undefined);
  });
  return `${answer.statusCode} ${await text(answer)}`;
}

/** A row for each forwarder, a column for each load. */
export function tableOf(
  compared: Compared,
  forwarders: readonly Forwarder[],
  loads: readonly Load[],
  what: 'cpu' | 'perSecond',
  {
    title,
    note,
    goals,
  }: { readonly title: string; readonly note: string; readonly goals: readonly Goal[] },
): Table {
  const column =
    what === 'cpu'
      ? ({ unit: 'µs', better: 'lower' } as const)
      : ({ unit: '/s', better: 'higher' } as const);
  return {
    title,
    columns: loads.map(({ name }): Column => ({ name, ...column })),
    rows: forwarders.map(({ name, role, version }): Row => ({
      subject: name,
      role,
      ...(version !== undefined && { version }),
      figures: loads.map((load) => compared.figure(load.name, name, what)),
    })),
    goals,
    note,
  };
}

/** A goal that a ratio reaches from some value on. */
export function atLeast(wanted: string, least: number, measured: number): Goal {
  return { wanted, measured, reached: measured >= least };
}
