/**
 * What each command costs the engine of the playground, with ever more objects: the median of several, in milliseconds of the
 * processor's time, so that what else the machine does counts little.
 *
 *     node packages/playground/bench/cost-of-commands.ts
 */
import { Session } from '../src/engine/session/session.ts';
import type { Command } from '../src/protocol/command.ts';
import type { PodChanges } from '../src/scenario/scenario.ts';
import { manyManifests, TEN_THOUSAND, type Sizes } from '../test/engine/many.ts';

const DEPLOYMENT = `
---
{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "scaled", "namespace": "many"},
 "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "a3"}},
  "template": {"metadata": {"labels": {"app": "a3"}}, "spec": {"containers": [{"name": "c", "image": "c"}]}}}}`;

type Taken = Exclude<Command, { readonly kind: 'traffic' }>;

/** Milliseconds of the processor's that this thread has had. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function median(times: readonly number[]): number {
  const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
  return Number(middle.toPrecision(2));
}

/** Carries the command of each turn out, and draws. */
function measure(session: Session, times: number, command: (turn: number) => Taken): number {
  return median(
    Array.from({ length: times }, (_, turn) => {
      const begun = spent();
      session.take(command(turn));
      session.view();
      return spent() - begun;
    }),
  );
}

function changed(pods: PodChanges['pods'], replicas: PodChanges['replicas'] = {}): Taken {
  return { id: 0, kind: 'change', pods: { pods, replicas } };
}

function costs(sizes: Sizes): object {
  const session = new Session();
  const manifests = manyManifests(sizes) + DEPLOYMENT;
  const ask = (url: string): Taken => ({ id: 0, kind: 'ask', request: { url } });
  const open = measure(session, 3, () => ({ id: 0, kind: 'open', manifests }));
  const first = spent();
  session.take(ask('http://h3.example/p3'));
  session.view();
  return {
    ...sizes,
    'megabytes of text': Number((manifests.length / 1e6).toPrecision(2)),
    open,
    'first ask': Number((spent() - first).toPrecision(2)),
    ask: measure(session, 50, (turn) => ask(`http://h${turn % 10}.example/p${turn % 7}/x`)),
    'a Pod fails': measure(session, 50, (turn) =>
      changed(turn % 2 === 0 ? { 'many/p3': { state: 'failing' } } : {}),
    ),
    'a Pod relabelled': measure(session, 50, (turn) =>
      changed(turn % 2 === 0 ? { 'many/p3': { labels: { app: 'a4' } } } : {}),
    ),
    scale: measure(session, 20, (turn) => changed({}, { 'Deployment many/scaled': turn % 10 })),
    'filter, few fit': measure(session, 20, (turn) => ({
      id: 0,
      kind: 'filter',
      text: `app=a${turn + 90}`,
    })),
    'filter, many fit': measure(session, 20, () => ({ id: 0, kind: 'filter', text: 'many' })),
    'ask in vain': measure(session, 20, () => ask('http://nowhere.example/')),
  };
}

const SIZES: readonly Sizes[] = [
  { rules: 20, services: 30, pods: 50 },
  { rules: 200, services: 300, pods: 500 },
  TEN_THOUSAND,
];

// oxlint-disable-next-line no-console -- this is what it is run for
for (const sizes of SIZES) console.log(costs(sizes));
