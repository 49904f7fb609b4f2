import type { Unavailability } from '@portolan/balancing';
import type { Endpoint } from '@portolan/core';
import {
  changedServices,
  findPort,
  findService,
  servicePort,
  type Snapshot,
  type SnapshotService,
} from '@portolan/engine';

import { beginAttempt } from './attempt.ts';
import { dueForTrial, inUse } from './ejection.ts';
import { endpointKey } from './endpoint-key.ts';
import type { EndpointStateStore, EndpointStatus } from './endpoint-state-store.ts';
import {
  isForgettable,
  newEndpointState,
  setStanding,
  type EndpointState,
  type PortState,
} from './endpoint-state.ts';
import { isFull } from './load.ts';

export interface EndpointStatesOptions {
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
  /**
   * Numbers in [0, 1), from which each port's first turn is made, so that many isolates don't all begin with the same
   * endpoint. By default turns begin at 0.
   */
  readonly random?: () => number;
}

/**
 * Keeps what is known of endpoints, where we run. Nothing is asked of the clock but while an endpoint is ejected, or not
 * long ago was. Each call takes the same time however many endpoints there are, but for one: while a port has as many
 * endpoints out as it may, each failure of one that should be ejected too looks at all of the port's.
 */
export function createEndpointStates({
  now = Date.now,
  random = () => 0,
}: EndpointStatesOptions = {}): EndpointStateStore {
  const ports = new Map<string, PortState>();
  /** The ports to look at with the next Snapshot, whatever is new in it: something is known there, or they are new. */
  const watched = new Set<string>();
  let retained: Pick<Snapshot, 'services'> = { services: [] };

  function portState(name: string): PortState {
    let port = ports.get(name);
    if (port === undefined) {
      port = { endpoints: new Map(), ejected: 0, nextTurn: Math.floor(random() * FIRST_TURNS) };
      ports.set(name, port);
      watched.add(name);
    }
    return port;
  }

  function endpointState(name: string, key: string): EndpointState {
    const { endpoints } = portState(name);
    let state = endpoints.get(key);
    if (state === undefined) {
      endpoints.set(key, (state = newEndpointState()));
      watched.add(name);
    }
    return state;
  }

  function forget({ endpoints }: PortState, key: string, state: EndpointState): void {
    if (isForgettable(state, now)) endpoints.delete(key);
  }

  return {
    unavailability: (port, endpoint) => {
      const state = ports.get(port)?.endpoints.get(endpointKey(endpoint));
      return state && unavailability(state, now);
    },
    load: (port, endpoint) =>
      ports.get(port)?.endpoints.get(endpointKey(endpoint))?.load.requests ?? 0,
    nextTurn: (name) => {
      const port = portState(name);
      const turn = port.nextTurn;
      port.nextTurn += 1;
      return turn;
    },
    begin: (name, endpoint, settings, endpoints) => {
      const port = portState(name);
      const key = endpointKey(endpoint);
      const state = endpointState(name, key);
      const onEnd = (): void => forget(port, key, state);
      return beginAttempt({ port, state, settings, endpoints, now, onEnd });
    },
    setHealth: (name, endpoint, isHealthy) => {
      const key = endpointKey(endpoint);
      if (!isHealthy) {
        endpointState(name, key).isUnhealthy = true;
        return;
      }
      const port = ports.get(name);
      const state = port?.endpoints.get(key);
      if (port === undefined || state === undefined) return;
      state.isUnhealthy = false;
      forget(port, key, state);
    },
    retain: (snapshot) => {
      const changed = changedServices(retained, snapshot).flatMap(({ before }) => portsOf(before));
      retained = { services: snapshot.services };
      for (const name of new Set([...watched, ...changed])) {
        watched.delete(name);
        const port = ports.get(name);
        if (port === undefined) continue;
        const remaining = endpointsOf(snapshot, name);
        const keys = new Set(port.endpoints.size > 0 ? remaining?.map(endpointKey) : []);
        for (const [key, state] of port.endpoints) {
          if (!keys.has(key)) {
            state.isUnhealthy = false;
            setStanding(port, state, inUse());
          }
          forget(port, key, state);
        }
        if (port.endpoints.size > 0) watched.add(name);
        else if (remaining === undefined) ports.delete(name);
      }
    },
    list: () =>
      [...ports].flatMap(([port, { endpoints }]) =>
        Array.from(endpoints, ([endpoint, state]) => statusOf(port, endpoint, state)),
      ),
  };
}

/** Where turns begin: below this number. */
const FIRST_TURNS = 2 ** 16;

/** That an endpoint is full goes before the rest: where all are ejected, those that aren't full are used all the same. */
function unavailability(
  { load, standing, isUnhealthy }: EndpointState,
  now: () => number,
): Unavailability | undefined {
  if (isFull(load)) return 'Full';
  if (isUnhealthy) return 'Unhealthy';
  return standing.isEjected && dueForTrial(standing, now) === undefined ? 'Ejected' : undefined;
}

/** The names of a Service's ports. */
function portsOf(service: SnapshotService | undefined): readonly string[] {
  if (service === undefined) return [];
  const { namespace, name, ports } = service;
  return ports.map(({ port }) => servicePort({ namespace, name, port }));
}

/** The endpoints of the port `namespace/name:port`. */
function endpointsOf(
  snapshot: Pick<Snapshot, 'services'>,
  name: string,
): readonly Endpoint[] | undefined {
  const [namespace = '', ofService = '', port] = name.split(/[/:]/);
  const service = findService(snapshot, `${namespace}/${ofService}`);
  return service && findPort(service, Number(port))?.endpoints;
}

function statusOf(
  port: string,
  endpoint: string,
  { load: { requests, pending }, standing, isUnhealthy }: EndpointState,
): EndpointStatus {
  return {
    port,
    endpoint,
    requests,
    pending,
    ...(standing.isEjected && { ejectedUntil: standing.until }),
    unhealthy: isUnhealthy,
  };
}
