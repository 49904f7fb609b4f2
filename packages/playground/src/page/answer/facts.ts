import { authority } from '@portolan/core';
import type { Explanation, ExplainedEndpoint } from '@portolan/explain';

/** A line of the answer: what it is about, and what there is to say. */
export interface Fact {
  readonly name: string;
  readonly text: string;
  /** It is to be copied or compared letter by letter. */
  readonly code?: true;
}

/** What there is to say of where a request goes beyond the sentence that says it, the most telling first. */
export function factsOf(explanation: Explanation): readonly Fact[] {
  const { request, route, service, frontend, candidates, target, location } = explanation;
  const { remedy, affinity, unreachable } = explanation;
  const winner = candidates?.find(({ outcome }) => outcome === 'won');
  const asked = pathAndQuery(request.url);
  return [
    ...fact('Remedy', remedy),
    ...fact('Rule', route && `${route.kind} ${route.namespace}/${route.name}, ${route.rule}`),
    ...fact('It fits', winner?.detail),
    ...fact('Address', frontend && `${frontend}: the Service’s own, no rule is asked`),
    ...fact('Service', service && serviceText(service)),
    ...code('Redirect to', location),
    ...code('Path for the Pod', target === asked ? undefined : target),
    ...fact(
      'Affinity',
      affinity && `${request.from ?? 'The client'} keeps to ${endpointText(affinity)}`,
    ),
    ...fact('But', unreachable),
  ];
}

function fact(name: string, text: string | undefined): readonly Fact[] {
  return text === undefined ? [] : [{ name, text }];
}

function code(name: string, text: string | undefined): readonly Fact[] {
  return text === undefined ? [] : [{ name, text, code: true }];
}

function pathAndQuery(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.pathname}${parsed.search}` : undefined;
}

function serviceText({ namespace, name, port }: NonNullable<Explanation['service']>): string {
  return port === undefined ? `${namespace}/${name}` : `${namespace}/${name}:${port}`;
}

/** `10.0.0.7:8080, Pod cart-1`; IPv6 addresses are in brackets. */
export function endpointText({ address, port, pod }: ExplainedEndpoint): string {
  const place = authority(address, port);
  return pod === undefined ? place : `${place}, Pod ${pod}`;
}

/** What becomes of the request, in a few words, and how that is to be taken. */
export function outcomeOf({ outcome, status, reason }: Explanation): {
  readonly tone: 'good' | 'doubtful' | 'bad';
  readonly words: string;
} {
  switch (outcome) {
    case 'forward':
      return { tone: 'good', words: 'Forwarded' };
    case 'redirect':
      return { tone: 'doubtful', words: `${status ?? ''} Redirect`.trim() };
    case 'respond':
      return { tone: 'bad', words: [status, reason].filter(Boolean).join(' ') };
  }
}

const EXCLUSIONS: Readonly<Record<string, string>> = {
  NotReady: 'not ready',
  Terminating: 'terminating',
  OtherNode: 'on another node',
  OtherZone: 'meant for another zone',
  OtherFamily: 'of the other IP family',
};

/** An `ExclusionReason` in words. */
export function exclusionText(reason: string): string {
  return EXCLUSIONS[reason] ?? reason;
}
