/** Measures one subject, and says what a decision takes: `decision-program.ts SUBJECT INGRESSES MILLISECONDS`. */
import { addressOf, hostOf, pathOf } from '../change/world.ts';
import { sizeFor } from './size.ts';
import { POLICY_SUBJECTS, SUBJECTS, type Ask } from './subjects.ts';

export interface DecisionSample {
  /** Of a decision, in nanoseconds. */
  readonly time: number;
}

interface Request {
  readonly host: string;
  readonly path: string;
}

const [name, ingresses, milliseconds] = process.argv.slice(2);
const size = sizeFor(Number(ingresses));
const subject = [...SUBJECTS, ...POLICY_SUBJECTS].find((each) => each.name === name);
if (subject === undefined) throw new Error(`no subject ${name}`);
const ask = subject.make(size);
const requests = Array.from({ length: subject.requests }, (_, at): Request => {
  const below = at % 2 === 0 ? '' : '/below/it';
  return {
    host: hostOf((at * 7919) % size.ingresses),
    path: (at % 3 === 0 ? '/' : pathOf(1)) + below,
  };
}).map(({ host, path }) => ({ host, path: path.replace('//', '/') }));

for (const [at, { host, path }] of requests.entries()) {
  const answer = ask(host, path);
  const service = ((at * 7919) % size.ingresses) % size.services;
  const addresses = Array.from({ length: size.pods / size.services }, (_, pod) =>
    addressOf(service + pod * size.services),
  );
  if (answer === undefined || !addresses.includes(answer)) {
    throw new Error(`${name}: ${host}${path} goes to ${answer}, not to one of ${addresses.join()}`);
  }
}
const sample: DecisionSample = { time: nanoseconds(ask, Number(milliseconds)) };
process.send?.(sample);

/** Of the batches after the first third, the median's nanoseconds for each decision. */
function nanoseconds(asked: Ask, time: number): number {
  const batches: number[] = [];
  const begun = performance.now();
  let now = begun;
  while (now < begun + time || batches.length === 0) {
    const batch = requests.map(fresh);
    const from = performance.now();
    const found = answers(asked, batch);
    now = performance.now();
    if (found !== batch.length) throw new Error('not all were answered');
    if (now > begun + time / 3) batches.push(((now - from) * 1e6) / batch.length);
  }
  return batches.toSorted((a, b) => a - b)[batches.length >> 1] ?? 0;
}

function answers(asked: Ask, batch: readonly Request[]): number {
  let found = 0;
  for (const { host, path } of batch) if (asked(host, path) !== undefined) found += 1;
  return found;
}

/** As from a socket: texts that nobody has seen yet, whose hashes no engine knows. */
function fresh({ host, path }: Request): Request {
  return {
    host: Buffer.from(host).toString('latin1'),
    path: Buffer.from(path).toString('latin1'),
  };
}
