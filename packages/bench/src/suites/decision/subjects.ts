import { decide, type Decision, type ForwardDecision, type Snapshot } from '@portolan/engine';
import { createEndpointStates } from '@portolan/proxy';
import { Memoirist } from 'memoirist';
import { addRoute, createRouter, findRoute } from 'rou3';

import type { Row } from '../../suite/suite.ts';
import { engine } from '../change/engine.ts';
import { addressOf, hostOf, pathOf, world, type Size } from '../change/world.ts';

/** Where a request goes: the address of an endpoint, `undefined` where nobody answers. */
export type Ask = (host: string, path: string) => string | undefined;

/** Something that decides where requests go. */
export interface Subject {
  readonly name: string;
  readonly role: Row['role'];
  /** The package on npm. */
  readonly packageName?: string;
  /** So many different ones in turn: fewer where each takes long. */
  readonly requests: number;
  readonly make: (size: Size) => Ask;
}

const OURS = 'portolan';
const TRACED = 'portolan, with the trace';

const REQUESTS = 1000;

export const SUBJECTS: readonly Subject[] = [
  { name: OURS, role: 'ours', requests: REQUESTS, make: (size) => portolan(size, false) },
  { name: 'rou3', role: 'peer', requests: REQUESTS, packageName: 'rou3', make: rou3 },
  {
    name: 'memoirist',
    role: 'peer',
    requests: REQUESTS,
    packageName: 'memoirist',
    make: memoirist,
  },
  { name: 'a Map of hosts', role: 'limit', requests: REQUESTS, make: mapOfHosts },
  { name: TRACED, role: 'ours', requests: 20, make: (size) => portolan(size, true) },
];

export const POLICY_SUBJECTS: readonly Subject[] = (
  ['Random', 'RoundRobin', 'LeastRequests', 'RendezvousHash', 'Maglev'] as const
).map((policy) => ({
  name: policy,
  role: 'ours',
  requests: REQUESTS,
  make: (size) => portolan(size, false, policy),
}));

type Policy = ForwardDecision['settings']['loadBalancing'];

/** As the gateway asks, with what it knows of endpoints. */
function portolan(size: Size, trace: boolean, loadBalancing: Policy = 'Random'): Ask {
  const snapshot: Snapshot = engine().build(world(size)).snapshot;
  const settings = { defaults: { loadBalancing, hashKey: { type: 'ClientAddress' } } } as const;
  const states = createEndpointStates({ random: Math.random });
  const options = { trace, random: Math.random, states, settings };
  const headers = { get: () => null };
  const clientAddress = '192.0.2.7';
  const facts = { method: 'GET', scheme: 'http', query: '', headers, clientAddress } as const;
  return (host, path) => {
    const asked = { ...facts, host, path, port: 80, entrance: 'external' } as const;
    return addressIn(decide(snapshot, asked, options));
  };
}

function addressIn(decision: Decision): string | undefined {
  return decision.outcome === 'forward' ? decision.endpoint.address : undefined;
}

/** The addresses of a Service's Pods, one after the other. */
class Upstream {
  readonly #addresses: readonly string[];
  #turn = 0;

  constructor(index: number, { services, pods }: Size) {
    this.#addresses = Array.from({ length: pods / services }, (_, pod) =>
      addressOf(index + pod * services),
    );
  }

  next(): string | undefined {
    this.#turn = (this.#turn + 1) % this.#addresses.length;
    return this.#addresses[this.#turn];
  }
}

/** Every host, path and where it leads. */
function* routes(size: Size): Generator<readonly [string, string, Upstream]> {
  for (let index = 0; index < size.ingresses; index += 1) {
    const upstream = new Upstream(index % size.services, size);
    for (let at = 0; at < (size.paths ?? 1); at += 1) yield [hostOf(index), pathOf(at), upstream];
  }
}

function rou3(size: Size): Ask {
  const router = createRouter<Upstream>();
  for (const [host, path, upstream] of routes(size)) {
    addRoute(router, 'GET', `/${host}${path === '/' ? '' : path}/**`, upstream);
  }
  return (host, path) => findRoute(router, 'GET', `/${host}${path}`)?.data.next();
}

function memoirist(size: Size): Ask {
  const router = new Memoirist<Upstream>();
  for (const [host, path, upstream] of routes(size)) {
    const prefix = `/${host}${path === '/' ? '' : path}`;
    if (path !== '/') router.add('GET', prefix, upstream);
    router.add('GET', `${prefix}/*`, upstream);
  }
  return (host, path) => router.find('GET', `/${host}${path}`)?.store.next();
}

/** Doesn't look at the path. */
function mapOfHosts(size: Size): Ask {
  const hosts = new Map<string, Upstream>();
  for (const [host, , upstream] of routes(size)) hosts.set(host, upstream);
  return (host) => hosts.get(host)?.next();
}
