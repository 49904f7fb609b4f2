import type { CompiledWithStandIns } from '@portolan/compile';
import type { Endpoint } from '@portolan/core';
import { decide, type Decision, type ForwardDecision, type RequestFacts } from '@portolan/engine';

import type { Probe } from '../src/probe/probe.ts';

/**
 * What `decide` does with a request, found out by asking it again and again with other random numbers: everything that
 * anybody outside or behind can observe, as text, and how often in `TIMES`.
 */
export type Observed = ReadonlyMap<string, number>;

/** Every weight that the tests use divides into it. */
export const TIMES = 12;

export function bruteForce(given: CompiledWithStandIns, probe: Probe): Observed {
  const counts = new Map<string, number>();
  for (let time = 0; time < TIMES; time++) {
    const [first, second] = [0.01, 0.99].map((endpoint) =>
      decideWith(given, probe, time, endpoint),
    );
    if (first === undefined || second === undefined) throw new Error('never');
    const text = textOf(given, first, second);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** As a server reads them off the wire. */
function factsOf(probe: Probe): RequestFacts {
  const host = probe.host.includes(':') ? `[${probe.host}]` : probe.host;
  return { ...probe, host: `${host}:${probe.port}`, headers: new Headers(probe.headers) };
}

/** Of a request that is routed, the first random number picks the backend, and the second the endpoint. */
function decideWith(
  { compiled }: CompiledWithStandIns,
  probe: Probe,
  time: number,
  endpoint: number,
): Decision {
  const facts = factsOf(probe);
  const isRouted = decide(compiled.snapshot, facts).route !== undefined;
  const numbers = [...(isRouted ? [(time + 0.5) / TIMES] : []), endpoint];
  return decide(compiled.snapshot, facts, { random: () => numbers.shift() ?? endpoint });
}

function textOf(given: CompiledWithStandIns, first: Decision, second: Decision): string {
  switch (first.outcome) {
    case 'respond':
      return own(first.status, first.reason);
    case 'redirect':
      return own(first.status, first.location);
    case 'forward': {
      const { service, endpoints, path, hostname, endpoint } = first;
      const isNamed = endpoint.addressType === 'FQDN' && hostname === endpoint.address;
      return forwarded({
        service: `${service.namespace}/${service.name}:${service.port}`,
        protocol: (service.appProtocol ?? 'http').toLowerCase(),
        path,
        hostname: isNamed ? undefined : hostname,
        headers: headersAfter(first.filters),
        endpoints: endpoints.map((each) => nameOf(given, each)),
        isKept:
          endpoints.length > 1 && second.outcome === 'forward' && second.endpoint === endpoint,
      });
    }
  }
}

export function own(status: number, said: string): string {
  return JSON.stringify([status, said]);
}

export function forwarded(to: {
  readonly service: string;
  readonly protocol: string;
  readonly path: string;
  readonly hostname: string | undefined;
  readonly headers: unknown;
  readonly endpoints: readonly string[];
  readonly isKept: boolean;
}): string {
  return JSON.stringify({ ...to, endpoints: to.endpoints.toSorted() });
}

/** Stand-ins of the tests are called by their workload, which has no hyphen in its name. */
function nameOf({ standIns }: CompiledWithStandIns, { target, address, port }: Endpoint): string {
  const key = `${target?.namespace}/${target?.name}` as const;
  return target && standIns.has(key) ? `${key.split('-')[0]}:${port}` : `${address}:${port}`;
}

/** What modifiers make of messages in which each field is there already, and of such in which it isn't. */
export function headersAfter(filters: ForwardDecision['filters']): unknown {
  return ['RequestHeaderModifier', 'ResponseHeaderModifier'].map((type) =>
    [new Headers(), new Headers({ a: '0', b: '0' })].map((headers) => {
      for (const { set = [], add = [], remove = [] } of filters.filter(
        (each) => each.type === type,
      )) {
        for (const { name, value } of set) headers.set(name, value);
        for (const { name, value } of add) headers.append(name, value);
        for (const name of remove) headers.delete(name);
      }
      return [...headers];
    }),
  );
}
