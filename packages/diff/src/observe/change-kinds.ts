import type { ChangeKind } from '../diff/diff-result.ts';
import type { BackendOutcome, ForwardOutcome } from '../outcome/outcome.ts';
import type { Probe } from '../probe/probe.ts';
import type { Observation } from './observe.ts';

/** The most severe first. */
export const CHANGE_KINDS: readonly ChangeKind[] = [
  'reachability',
  'status',
  'backend',
  'path',
  'header',
  'endpoints',
];

/** What of two observations of one request differs; empty where nobody can tell them apart. */
export function changeKinds(
  { clientAddress }: Pick<Probe, 'clientAddress'>,
  before: Observation,
  after: Observation,
): readonly ChangeKind[] {
  const isKnown = clientAddress !== undefined;
  const [a, b] = [facetsOf(before, isKnown), facetsOf(after, isKnown)];
  if (!a.answers && !b.answers) return a.own === b.own ? [] : ['status'];
  if (!a.answers || !b.answers) return ['reachability'];
  const differs: Readonly<Record<ChangeKind, boolean>> = {
    reachability: false,
    status: a.own !== b.own,
    backend: a.services !== b.services,
    path: a.path !== b.path,
    header: a.headers !== b.headers,
    endpoints: haveOtherEndpoints(a.endpoints, b.endpoints),
  };
  return CHANGE_KINDS.filter((kind) => differs[kind]);
}

/** What of an observation is compared, as text. */
interface Facets {
  /** Whether anybody but ourselves answers. */
  readonly answers: boolean;
  /** Our own answer, and how often. */
  readonly own: string;
  readonly services: string;
  readonly path: string | undefined;
  readonly headers: string;
  /** Of each Service. */
  readonly endpoints: ReadonlyMap<string, string>;
}

const NOBODY: Omit<Facets, 'own'> = {
  answers: false,
  services: '',
  path: undefined,
  headers: '',
  endpoints: new Map(),
};

/** @param isKnown Whether the client's address is. */
function facetsOf({ outcome, actual }: Observation, isKnown: boolean): Facets {
  switch (outcome.outcome) {
    case 'respond':
      return { ...NOBODY, own: JSON.stringify([outcome.status, outcome.reason]) };
    case 'redirect':
      return { ...NOBODY, own: JSON.stringify([outcome.status, actual]) };
    case 'forward':
      return facetsOfForward(outcome, actual, isKnown);
  }
}

function facetsOfForward(
  outcome: ForwardOutcome,
  path: string | undefined,
  isKnown: boolean,
): Facets {
  const { backends, hostname, headers } = outcome;
  const answering = backends.filter(({ reason }) => reason === undefined);
  const failing = backends.filter(({ reason }) => reason !== undefined);
  const own = JSON.stringify(failing.map(({ share, reason }) => [share, reason]));
  if (answering.length === 0) return { ...NOBODY, own };
  return {
    answers: true,
    own,
    services: JSON.stringify(answering.map(({ share, ...each }) => [share, serviceOf(each)])),
    path,
    headers: JSON.stringify([hostname, headers]),
    endpoints: new Map(
      answering.map((each) => [
        serviceOf(each),
        JSON.stringify([each.endpoints, isKnown && each.sessionAffinity]),
      ]),
    ),
  };
}

function serviceOf({ service, appProtocol }: Omit<BackendOutcome, 'share'>): string {
  return JSON.stringify([service, appProtocol]);
}

function haveOtherEndpoints(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): boolean {
  return [...before].some(
    ([service, endpoints]) => (after.get(service) ?? endpoints) !== endpoints,
  );
}
