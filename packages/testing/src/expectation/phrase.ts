import { expectedFields, type Expectation, type ExpectationField } from './expectation.ts';

/** Each field in words, as what follows on "expected". */
const PHRASES: Readonly<Record<ExpectationField, (expected: Expectation) => string>> = {
  service: ({ service }) => `Service ${service}`,
  port: ({ port }) => `port ${port}`,
  status: ({ status }) => `status ${status}`,
  reason: ({ reason }) => `reason ${reason}`,
  redirect: ({ redirect }) => `a redirect to ${redirect}`,
  path: ({ path }) => `path ${path}`,
  headers: ({ headers = {} }) => enumerate(Object.entries(headers).map(headerPhrase)),
  reachable: ({ reachable }) => (reachable ? 'somebody to answer' : 'nobody to answer'),
  endpoints: ({ endpoints }) => `${endpoints} endpoint${endpoints === 1 ? '' : 's'}`,
  endpoint: ({ endpoint }) => `endpoint ${endpoint}`,
  pod: ({ pod }) => `Pod ${pod}`,
  pods: ({ pods = [] }) => (pods.length === 1 ? `Pod ${pods[0]} alone` : `Pods ${enumerate(pods)}`),
};

/** An expectation in words: `Service shop/cart:80 and path /`. */
export function phrase(expected: Expectation): string {
  return enumerate(expectedFields(expected).map((field) => PHRASES[field](expected)));
}

/** `a, b and c`. */
export function enumerate(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

function headerPhrase([name, value]: readonly [
  string,
  RegExp | string | null | undefined,
]): string {
  if (value === null || value === undefined) return `no header ${name}`;
  return value instanceof RegExp ? `header ${name} like ${value}` : `header ${name}: ${value}`;
}
