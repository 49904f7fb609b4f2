import { NO_STATES } from '@portolan/balancing';
import { canonicalIP, type Entrance, type Protocol } from '@portolan/core';
import { normalizeHost } from '@portolan/routing';

import type { ForwardDecision, RefusalReason, RequestFacts } from '../decision/decision.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { chooseEndpoint } from './choose-endpoint.ts';
import type { DecideOptions } from './decide.ts';
import { findFrontend } from './find-frontend.ts';
import { sourceRefusal, wantedAt } from './frontend-client.ts';

/** What is known of a connection, or of the first datagram of a client, when it is decided where it goes. */
export interface ConnectionFacts extends Pick<RequestFacts, 'clientAddress' | 'node' | 'zone'> {
  readonly entrance: Entrance;
  readonly protocol: Protocol;
  /** The address or name that the client knocked at; IPv6 addresses with or without brackets. */
  readonly host: string;
  /** The port that it knocked at, 1–65535. */
  readonly port: number;
}

/** Take the connection to `endpoint`. */
export interface ConnectDecision extends Pick<
  ForwardDecision,
  'endpoint' | 'endpoints' | 'hashKey' | 'service' | 'settings'
> {
  readonly outcome: 'connect';
}

/** Nobody answers there. */
export interface RefuseDecision {
  readonly outcome: 'refuse';
  /** `NoFrontend` where no Service has this address, else as with requests. */
  readonly reason: RefusalReason | 'NoFrontend';
  /** For operators, never for clients: may name Services. */
  readonly message: string;
}

/** What is to be done with one connection, as plain data. */
export type ConnectionDecision = ConnectDecision | RefuseDecision;

const NO_HEADERS: RequestFacts['headers'] = { get: () => null };

/**
 * What is to be done with a connection to a Service's own frontend, whatever it carries: TCP as such, or UDP of one client.
 * Pure: equal arguments give an equal decision. Policies that go by something that only requests have pick as they do where
 * a request lacks it.
 */
export function decideConnection(
  snapshot: Snapshot,
  facts: ConnectionFacts,
  { random = () => 0, states = NO_STATES, settings = {} }: Omit<DecideOptions, 'trace'> = {},
): ConnectionDecision {
  const { protocol, clientAddress } = facts;
  const host = canonicalIP(facts.host) ?? normalizeHost(facts.host) ?? '';
  const found = findFrontend(snapshot, { ...facts, host });
  if (found === undefined) {
    const message = `no Service answers at ${host}, ${protocol} port ${facts.port}`;
    return { outcome: 'refuse', reason: 'NoFrontend', message };
  }
  const refused = sourceRefusal(found, facts);
  if (refused !== undefined) return { outcome: 'refuse', ...refused };
  const chosen = chooseEndpoint(
    {
      snapshot,
      facts: { clientAddress, headers: NO_HEADERS, query: '' },
      random,
      trace: false,
      states,
      settings,
    },
    wantedAt(found, facts, protocol),
  );
  if ('reason' in chosen) {
    return { outcome: 'refuse', reason: chosen.reason, message: chosen.message };
  }
  const { service, settings: resolved, endpoint, endpoints, hashKey } = chosen;
  return {
    outcome: 'connect',
    service,
    settings: resolved,
    endpoint,
    endpoints,
    ...(hashKey !== undefined && { hashKey }),
  };
}
