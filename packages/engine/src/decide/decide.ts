import { NO_STATES, type EndpointStates } from '@portolan/balancing';
import { normalizeHost } from '@portolan/routing';

import type { Decision, RequestFacts } from '../decision/decision.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { decideFrontend } from './decide-frontend.ts';
import { decideRoute } from './decide-route.ts';
import { findFrontend } from './find-frontend.ts';
import type { SettingsOptions } from './forward-to-service.ts';

/** What deciding may use besides the facts. */
export interface DecideOptions {
  /** Keep what was considered. Costs time in proportion to the number of rules. */
  readonly trace?: boolean;
  /** Numbers in [0, 1) that spread requests over weighted backends and endpoints; always 0 by default. */
  readonly random?: () => number;
  /** What is known of endpoints where we run; nothing by default. */
  readonly states?: EndpointStates;
  /** Settings for what no annotation says. */
  readonly settings?: SettingsOptions;
}

/**
 * What is to be done with one request. Pure: equal arguments give an equal Decision.
 *
 * A Service's own frontend (cluster IP, node port, load balancer address) is tried first. Behind the external entrance
 * everything else goes to the routes; behind the internal entrance there's nothing else.
 */
export function decide(
  snapshot: Snapshot,
  facts: RequestFacts,
  { trace = false, random = () => 0, states = NO_STATES, settings = {} }: DecideOptions = {},
): Decision {
  const host = normalizeHost(facts.host);
  if (host === undefined && facts.host !== '') {
    return {
      outcome: 'respond',
      status: 400,
      reason: 'InvalidHost',
      message: `${JSON.stringify(facts.host)} is not a host`,
    };
  }
  const deciding = { snapshot, facts, random, trace, states, settings };
  const { entrance, port } = facts;
  const found = findFrontend(snapshot, { entrance, protocol: 'TCP', host: host ?? '', port });
  if (found !== undefined) return decideFrontend(deciding, found);
  if (facts.entrance === 'internal') {
    return {
      outcome: 'respond',
      status: 404,
      reason: 'NoMatchingRoute',
      message: `no Service answers at ${host ?? ''}, port ${facts.port}`,
    };
  }
  return decideRoute(deciding, host ?? '');
}
