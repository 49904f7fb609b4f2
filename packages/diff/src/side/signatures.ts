import { compareText, type Endpoint, type ObjectKey } from '@portolan/core';
import { findService, type SnapshotFrontend } from '@portolan/engine';
import type { Backends, RouteMatch } from '@portolan/routing';

import type { Side } from './side.ts';

/**
 * Numbers that are equal, on one side and on the other, only where what they stand for is treated alike: what has one number
 * needs no comparing. What is treated alike may still have two.
 */
export interface Signatures {
  readonly service: (key: ObjectKey) => number;
  readonly frontend: (frontend: SnapshotFrontend | undefined) => number;
  readonly backends: (backends: Backends) => number;
  readonly match: (match: RouteMatch) => number;
}

/** A number for each text, the same for the same text. */
export type Numbering = (text: string) => number;

export function numbering(): Numbering {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
}

type Described = Pick<Side, 'snapshot' | 'standInAt'>;

/** @param number the same for both sides */
export function signaturesOf(side: Described, number: Numbering): Signatures {
  const service = memoized((key: ObjectKey) => number(serviceText(side, key)));
  const backends = memoized((each: Backends) =>
    number(
      JSON.stringify(
        each.map((backend) => [backend, service(`${backend.namespace}/${backend.name}`)]),
      ),
    ),
  );
  return {
    service,
    backends,
    frontend: (frontend) =>
      number(JSON.stringify(frontend ? [frontend, service(frontend.service)] : [])),
    match: (match) => {
      if (match.outcome === 'default') return number(`default ${backends(match.backends)}`);
      if (match.outcome !== 'matched') return number(match.outcome);
      const { matchedPrefix, filters } = match;
      return number(
        JSON.stringify([filters, filters.length > 0 && matchedPrefix, backends(match.backends)]),
      );
    },
  };
}

function serviceText(side: Described, key: ObjectKey): string {
  const service = findService(side.snapshot, key);
  if (service === undefined) return 'none';
  const { ports, ipFamilies, sessionAffinity, refusal } = service;
  return JSON.stringify([
    ports.map((port) => ({
      ...port,
      endpoints: port.endpoints.map((each) => endpointText(side, each)).toSorted(compareText),
    })),
    ipFamilies,
    sessionAffinity,
    refusal?.refused,
  ]);
}

/** Without what nobody can tell: the address of a stand-in, and what a Pod is called. */
function endpointText(side: Described, { target: _pod, ...endpoint }: Endpoint): string {
  const owner = side.standInAt(endpoint.address);
  return JSON.stringify(owner === undefined ? endpoint : { ...endpoint, address: owner });
}

function memoized<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
