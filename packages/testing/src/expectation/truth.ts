import { authority, objectKey } from '@portolan/core';
import type { ExplainedEndpoint, Explanation } from '@portolan/explain';

import type { Asked } from '../asked/asked.ts';
import type { Expectation, ExpectationField } from './expectation.ts';

/** What is, in the words in which something else may have been expected; empty where there is nothing of the kind. */
const TRUTHS: Readonly<
  Record<ExpectationField, (expected: Expectation, asked: Asked) => Expectation>
> = {
  service: ({ service = '' }, asked) => {
    const found = asked.explanation.service;
    if (found === undefined) return {};
    const name = `${found.namespace}/${found.name}`;
    const [, port] = service.split(':');
    if (port === undefined) return { service: name };
    return { service: `${name}:${portLike(/^\d+$/.test(port) ? Number(port) : port, asked)}` };
  },
  port: ({ port }, asked) => ({ port: portLike(port, asked) }),
  status: (_, { explanation }) => ({ status: explanation.status }),
  reason: (_, { explanation }) => ({ reason: explanation.reason }),
  redirect: (_, { explanation }) => ({ redirect: explanation.location }),
  path: ({ path }, { explanation: { target } }) => ({
    path: path?.includes('?') ? target : target?.split('?', 1).join(''),
  }),
  headers: ({ headers = {} }, { explanation }) => {
    if (explanation.outcome !== 'forward') return {};
    const wrong = wrongHeaders(headers, explanation);
    return { headers: Object.keys(wrong).length === 0 ? headers : { ...headers, ...wrong } };
  },
  reachable: (_, { explanation }) => ({ reachable: explanation.outcome === 'forward' }),
  endpoints: (_, { explanation: { endpoints } }) => ({ endpoints: endpoints.length || undefined }),
  endpoint: ({ endpoint }, { explanation }) => ({
    endpoint: oneLike(endpoint, explanation.endpoints.map(endpointAddress)),
  }),
  pod: ({ pod }, { explanation }) => ({ pod: oneLike(pod, podNames(explanation)) }),
  pods: ({ pods = [] }, { explanation }) => {
    const names = podNames(explanation);
    if (names.length === 0) return {};
    return { pods: isSameSet(pods, names) ? pods : names };
  },
};

/**
 * What is true of one field: the very value that is expected where it is as expected, else what would have to be expected;
 * `undefined` where there is nothing of the kind.
 */
export function truthOf<Field extends ExpectationField>(
  field: Field,
  expected: Expectation,
  asked: Asked,
): Expectation[Field] {
  return TRUTHS[field](expected, asked)[field];
}

export function endpointAddress({ address, port }: ExplainedEndpoint): string {
  return authority(address, port);
}

/** The Pods that may answer, each once, by name: one Pod has several endpoints where it has several addresses or ports. */
function podNames({ endpoints }: Explanation): readonly string[] {
  return [...new Set(endpoints.flatMap(({ pod }) => pod ?? []))].toSorted();
}

/** The Service's port, by name where a name is expected and it has one. */
function portLike(
  expected: number | string | undefined,
  { explanation: { service }, manifests }: Asked,
): number | string | undefined {
  if (service === undefined || typeof expected === 'number') return service?.port;
  const key = `${service.namespace}/${service.name}`;
  const admitted = manifests.compiled.services.find((each) => objectKey(each) === key);
  const found = admitted?.spec.ports?.find(
    ({ port, protocol = 'TCP' }) => protocol === 'TCP' && port === service.port,
  );
  return found?.name || service.port;
}

function oneLike(expected: string | undefined, all: readonly string[]): string | undefined {
  return all.find((each) => each === expected) ?? all[0];
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  const set = new Set(some);
  return set.size === others.length && others.every((each) => set.has(each));
}

/** The header fields that are not as expected, each as it is. Names in any case. */
function wrongHeaders(
  expected: NonNullable<Expectation['headers']>,
  { headers = {} }: Explanation,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    Object.entries(expected).flatMap(([name, value]): [string, string | null][] => {
      const found = headers[name.toLowerCase()] ?? null;
      const isRight =
        value instanceof RegExp
          ? found !== null && found.search(value) >= 0
          : (value ?? null) === found;
      return isRight ? [] : [[name, found]];
    }),
  );
}
