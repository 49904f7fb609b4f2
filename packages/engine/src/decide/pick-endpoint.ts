import {
  hashKeyOf,
  NO_STATES,
  POLICIES,
  type EndpointStates,
  type PickContext,
} from '@portolan/balancing';
import { authority, type Endpoint } from '@portolan/core';
import type { ResolvedSettings } from '@portolan/settings';

import type { DecidedService, ForwardDecision, RequestFacts } from '../decision/decision.ts';
import type { DecideOptions } from './decide.ts';
import type { Deciding } from './forward-to-service.ts';

/** The endpoints of a Service port from which one is to be picked. */
export interface Choice {
  /** `namespace/name:port`. */
  readonly port: string;
  readonly endpoints: readonly Endpoint[];
  readonly settings: ResolvedSettings;
  /** `sessionAffinity: ClientIP`. */
  readonly keepsClients: boolean;
}

/** What policies and sessions go by. */
export type PickFacts = Pick<RequestFacts, 'clientAddress' | 'headers' | 'query' | 'sessions'>;

export type Picked = Pick<ForwardDecision, 'endpoint' | 'hashKey' | 'isSession' | 'settings'>;

/**
 * The endpoint that the request's session names, if it may still answer; else the one that the policy picks. Endpoints
 * that are ejected or unhealthy are passed over, unless all of them are.
 *
 * @returns `undefined` where all have as many requests as they may.
 */
export function pickEndpoint(
  { facts, random, states }: Pick<Deciding<PickFacts>, 'facts' | 'random' | 'states'>,
  { port, endpoints, settings: own, keepsClients }: Choice,
): Picked | undefined {
  const session = sessionOf(facts, own.affinityCookie, port);
  if (session !== undefined) {
    const endpoint = endpoints.find((each) => authority(each.address, each.port) === session);
    if (endpoint && states.unavailability(port, endpoint) === undefined) {
      return { endpoint, settings: own, isSession: true };
    }
  }
  // What sessionAffinity asks for goes before any policy: a client's address always leads to the same endpoint.
  const settings: ResolvedSettings = keepsClients ? keptByAddress(own) : own;
  const hashKey = hashKeyOf(settings.hashKey, facts);
  const { pick } = POLICIES[settings.loadBalancing];
  const among = (isAvailable: PickContext['isAvailable']): Endpoint | undefined =>
    pick(endpoints, contextOf({ port, hashKey, random, states, isAvailable }));
  const endpoint =
    among((each) => states.unavailability(port, each) === undefined) ??
    among((each) => states.unavailability(port, each) !== 'Full');
  return endpoint && { endpoint, settings, ...(hashKey !== undefined && { hashKey }) };
}

/** Another endpoint for a request, or a connection, whose last try failed: one that was not tried and is available, by the same policy. */
export function pickAnother(
  {
    service,
    endpoints,
    hashKey,
    settings,
  }: Pick<ForwardDecision, 'endpoints' | 'hashKey' | 'service' | 'settings'>,
  tried: ReadonlySet<Endpoint>,
  { random = () => 0, states = NO_STATES }: Pick<DecideOptions, 'random' | 'states'> = {},
): Endpoint | undefined {
  const port = servicePort(service);
  const isAvailable = (endpoint: Endpoint): boolean =>
    !tried.has(endpoint) && states.unavailability(port, endpoint) === undefined;
  return POLICIES[settings.loadBalancing].pick(endpoints, {
    ...contextOf({ port, hashKey, random, states, isAvailable }),
    // A turn is for a request: were one taken by each retry, next to an endpoint that fails every request would begin there.
    nextTurn: () => Math.floor(random() * 2 ** 32),
  });
}

/** `namespace/name:port`: what the states of endpoints are kept by. */
export function servicePort({
  namespace,
  name,
  port,
}: Pick<DecidedService, 'name' | 'namespace' | 'port'>): string {
  return `${namespace}/${name}:${port}`;
}

interface Picking extends Pick<PickContext, 'hashKey' | 'isAvailable' | 'random'> {
  readonly port: string;
  readonly states: EndpointStates;
}

function contextOf({ port, states, random, hashKey, isAvailable }: Picking): PickContext {
  return {
    random,
    isAvailable,
    nextTurn: () => states.nextTurn(port),
    load: (endpoint) => states.load(port, endpoint),
    hashKey,
  };
}

function sessionOf(
  { sessions }: PickFacts,
  cookie: string | undefined,
  port: string,
): string | undefined {
  const session = cookie === undefined ? undefined : sessions?.[cookie];
  return session?.port === port ? session.endpoint : undefined;
}

const kept = new WeakMap<ResolvedSettings, ResolvedSettings>();

/** The settings of a Service with `sessionAffinity: ClientIP`. */
function keptByAddress(settings: ResolvedSettings): ResolvedSettings {
  let own = kept.get(settings);
  if (own === undefined) {
    own = { ...settings, loadBalancing: 'RendezvousHash', hashKey: { type: 'ClientAddress' } };
    kept.set(settings, own);
  }
  return own;
}
