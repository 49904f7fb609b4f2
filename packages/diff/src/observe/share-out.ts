import { compareText } from '@portolan/core';
import { findService, type Decision, type ForwardDecision } from '@portolan/engine';
import type { BackendRef } from '@portolan/routing';

import type { BackendOutcome, ForwardOutcome, Outcome } from '../outcome/outcome.ts';
import { endpointNames, type Side } from '../side/side.ts';

/** The Decision for one of several backends. */
export interface Part {
  readonly weight: number;
  readonly decision: Decision;
  /** As the rule names it. */
  readonly asked?: BackendRef;
}

/** What is done to a request whichever backend it goes to. */
type Treatment = Pick<ForwardOutcome, 'headers' | 'hostname' | 'path'>;

/** What becomes of a request that goes to one of several backends; those that come to the same are put together. */
export function shareOut(
  side: Side,
  parts: readonly Part[],
  treatment: Treatment,
): { readonly outcome: Outcome; readonly actual?: string } {
  const answers = new Map<string, Weighed>();
  const failures = new Map<string, Failure>();
  let actual: string | undefined;
  for (const part of parts) {
    const { weight, decision } = part;
    if (decision.outcome === 'forward') {
      actual = decision.path;
      const backend = backendOf(side, decision);
      const key = JSON.stringify(backend);
      answers.set(key, { backend, weight: weight + (answers.get(key)?.weight ?? 0) });
    } else if (decision.outcome === 'respond') {
      const { status, reason } = decision;
      const failure = failures.get(reason) ?? { status, reason, weight: 0, services: new Set() };
      failure.services.add(nameOf(part));
      failures.set(reason, { ...failure, weight: failure.weight + weight });
    }
  }
  const [failure, ...others] = failures.values();
  if (failure && others.length === 0 && answers.size === 0) {
    return { outcome: respond(failure) };
  }
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const backends = [
    ...[...answers.values()].map(({ backend, weight }) => ({ share: weight / total, ...backend })),
    ...[...failures.values()].map((each) => failed(each, total)),
  ];
  return {
    outcome: { outcome: 'forward', ...treatment, backends: backends.toSorted(byService) },
    ...(actual !== undefined && { actual }),
  };
}

interface Weighed {
  readonly backend: Omit<BackendOutcome, 'share'>;
  readonly weight: number;
}

interface Failure {
  readonly status: number;
  readonly reason: string;
  readonly weight: number;
  readonly services: Set<string>;
}

function respond({ status, reason, services }: Failure): Outcome {
  const service = namesOf(services);
  return { outcome: 'respond', status, reason, ...(service !== '' && { service }) };
}

function failed({ reason, weight, services }: Failure, total: number): BackendOutcome {
  return { share: weight / total, service: namesOf(services), endpoints: [], reason };
}

function namesOf(services: ReadonlySet<string>): string {
  return [...services].filter(Boolean).toSorted(compareText).join(', ');
}

function byService(a: BackendOutcome, b: BackendOutcome): number {
  return (
    compareText(a.reason ?? '', b.reason ?? '') ||
    compareText(JSON.stringify([a.service, a]), JSON.stringify([b.service, b]))
  );
}

function backendOf(
  side: Side,
  { service, endpoints }: ForwardDecision,
): Omit<BackendOutcome, 'share'> {
  const { namespace, name, port } = service;
  const appProtocol = service.appProtocol?.toLowerCase() ?? 'http';
  const { sessionAffinity } = findService(side.snapshot, `${namespace}/${name}`) ?? {};
  const isKept = sessionAffinity && endpoints.length > 1;
  return {
    service: `${namespace}/${name}:${port}`,
    ...(appProtocol !== 'http' && { appProtocol }),
    ...(isKept && { sessionAffinity }),
    endpoints: endpointNames(side, endpoints),
  };
}

/** Of a backend that fails: the Service that was asked, or whatever else the rule names. */
function nameOf({ decision, asked }: Part): string {
  if (decision.outcome === 'respond' && decision.service) {
    const { namespace, name, port } = decision.service;
    return port === undefined || port === ''
      ? `${namespace}/${name}`
      : `${namespace}/${name}:${port}`;
  }
  return asked ? `${asked.kind} ${asked.namespace}/${asked.name}` : '';
}
