import { isPodReady, objectKey, type Endpoint, type ObjectKey, type Pod } from '@portolan/core';
import { findService } from '@portolan/engine';
import type { Verdict } from '@portolan/graph';

import type { Card } from '../../protocol/chart.ts';
import { addressCardId, answererIds, podCardId } from '../answerers/answerers.ts';
import { choose, saidFits } from './choose.ts';
import type { Drawing } from './drawing.ts';
import { podCard } from './pod-card.ts';
import type { ServiceCard } from './services.ts';

const POD = podCardId('/').slice(0, -1);
const ADDRESS = addressCardId('');
const WORKLOAD = 'workload:';

/** Those who answer the request, those who may not, those of the Services that are drawn, and the others. */
export function endpointCards(drawing: Drawing, services: readonly ServiceCard[]): readonly Card[] {
  const { way, fits, snapshot } = drawing;
  const empty = emptyWorkloads(drawing);
  function* items(): Iterable<string> {
    yield* way.endpoints;
    yield* way.excluded.keys();
    for (const { key } of services) {
      const service = findService(snapshot, key);
      if (service) yield* answererIds(service);
    }
    yield* endpointIds(drawing);
    yield* empty.keys();
  }
  const cards = new Map<string, Card>();
  const cardAt = (id: string): Card => {
    const card = cards.get(id) ?? empty.get(id) ?? endpointCard(id, drawing);
    cards.set(id, card);
    return card;
  };
  const chosen = choose(
    items(),
    (id) => id,
    (id) => saidFits(fits, cardAt(id), id, labelText(cardAt(id))),
  );
  return chosen.map(cardAt);
}

/** How many endpoints there are, Pods that nobody selects and workloads without Pods among them. */
export function endpointCount(drawing: Pick<Drawing, 'answerers' | 'known'>): number {
  const { population } = drawing.known;
  let count = population?.size ?? 0;
  for (const id of drawing.answerers.ids()) {
    if (population === undefined || !isOfPopulation(id, drawing)) count += 1;
  }
  for (const _ of population?.empty() ?? []) count += 1;
  return count;
}

/** In the order of the manifests, Pods first. */
function* endpointIds(drawing: Drawing): Iterable<string> {
  const { population } = drawing.known;
  for (const pod of population?.all() ?? []) yield podCardId(objectKey(pod));
  for (const id of drawing.answerers.ids()) if (!isOfPopulation(id, drawing)) yield id;
}

function isOfPopulation(id: string, { known }: Pick<Drawing, 'known'>): boolean {
  return id.startsWith(POD) && known.population?.find(podKeyOf(id)) !== undefined;
}

function podKeyOf(id: string): ObjectKey {
  const [namespace = '', name = ''] = id.slice(POD.length).split('/');
  return `${namespace}/${name}`;
}

function labelText({ pod }: Card): string {
  return Object.entries(pod?.labels ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function endpointCard(id: string, drawing: Drawing): Card {
  const { answerers, way } = drawing;
  const endpoints = [...answerers.of(id).values()].flatMap((answers) =>
    answers.map(({ endpoint }) => endpoint),
  );
  const lost = way.excluded.get(id);
  const seen = { lit: way.endpoints.has(id), ...(lost !== undefined && { lost }) };
  if (id.startsWith(POD)) {
    const key = podKeyOf(id);
    const pod = drawing.known.population?.find(key);
    const verdict = endpoints.length === 0 ? verdictOnPod(pod) : worstOf(endpoints);
    return { id, ...podCard(key, pod, endpoints, drawing), ...verdict, ...seen };
  }
  const isAlias = answerers.isAlias(id);
  const of = [...answerers.of(id).keys()].map((service) => `of Service ${service}`);
  return {
    id,
    kind: isAlias ? 'ExternalName' : 'Address',
    title: id.slice(ADDRESS.length),
    lines: of.slice(0, 1),
    ...(isAlias && endpoints.length === 0
      ? ({ status: 'refused', reason: 'a name outside, which requests are not sent to' } as const)
      : worstOf(endpoints)),
    ...seen,
  };
}

/** As the least of them fares: one that publishes addresses of Pods that aren't ready says nothing of the others. */
function worstOf(endpoints: readonly Endpoint[]): Verdict {
  const verdicts = endpoints.map(verdictOnEndpoint);
  return (
    verdicts.find(({ status }) => status === 'notReady') ??
    verdicts.find(({ status }) => status === 'partlyReady') ?? { status: 'ready' }
  );
}

function verdictOnEndpoint({
  ready,
  serving,
  terminating,
}: Pick<Endpoint, 'ready' | 'serving' | 'terminating'>): Verdict {
  if (ready) return { status: 'ready' };
  if (!terminating) return { status: 'notReady', reason: 'not ready' };
  return serving
    ? { status: 'partlyReady', reason: 'terminating, and still serving' }
    : { status: 'notReady', reason: 'terminating' };
}

function verdictOnPod(pod: Pod | undefined): Verdict {
  if (pod === undefined) return { status: 'missing', reason: 'it is gone' };
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  return verdictOnEndpoint({ ready: serving && !terminating, serving, terminating });
}

/** By id. */
function emptyWorkloads({ known }: Drawing): ReadonlyMap<string, Card> {
  const cards = new Map<string, Card>();
  for (const [key, { kind, metadata }] of known.population?.empty() ?? []) {
    const id = `${WORKLOAD}${key}`;
    const line = known.lineOf(kind, objectKey({ metadata }));
    cards.set(id, {
      id,
      kind: 'Workload',
      title: key,
      lines: ['0 Pods'],
      status: 'notReady',
      reason: 'scaled to no Pod',
      lit: false,
      ...(line !== undefined && { line }),
      workload: { key, replicas: 0 },
    });
  }
  return cards;
}
