import type { Entrance } from '@portolan/core';
import { formatExplanation } from '@portolan/explain';

import { ask, type Asked } from '../asked/asked.ts';
import { check, difference } from '../expectation/check.ts';
import type { REFUSAL_STATUSES } from '../expectation/ending.ts';
import type { Expectation } from '../expectation/expectation.ts';
import { phrase } from '../expectation/phrase.ts';
import { validateExpectation } from '../expectation/validate.ts';
import { formatRequest } from '../request/read-request.ts';
import { blameCaller, RouteAssertionError } from './route-assertion-error.ts';

/**
 * Where one request is to go. Each method throws a `RouteAssertionError` where it doesn't, and a `TypeError` for what can
 * never be; otherwise it returns an assertion to go on with.
 */
export interface RouteAssertion {
  /** The contrary of the one method that follows, for whatever reason. */
  readonly not: RouteAssertion;
  /**
   * It is forwarded to this Service.
   *
   * @param service `shop/cart`, or `shop/cart:80`
   * @param port The Service's port, by number or by name; any by default.
   */
  readonly toService: (service: string, port?: number | string) => RouteAssertion;
  /** This Pod of the Service's namespace may answer. */
  readonly toPod: (name: string) => RouteAssertion;
  /** The endpoint at `address:port` may answer. */
  readonly toEndpoint: (endpoint: string) => RouteAssertion;
  /** It is redirected. */
  readonly toRedirect: (location: string, status?: number) => RouteAssertion;
  /** It is refused, with this status or for this reason: `404`, `NoMatchingRoute`. */
  readonly toReject: (refusal: RefusalStatus | (string & {})) => RouteAssertion;
  /** The backend gets it under this path; with a query if one is named. */
  readonly toPath: (path: string) => RouteAssertion;
  /** The backend sees these header fields; `undefined`: none of that name. */
  readonly toSeeHeaders: (headers: NonNullable<Expectation['headers']>) => RouteAssertion;
  /** It is forwarded to somebody. */
  readonly toBeReachable: () => RouteAssertion;
  /** It would be forwarded to somebody if it came from there. What follows is about the request as it comes from there. */
  readonly toBeReachableFrom: (entrance: Entrance) => RouteAssertion;
}

export type RefusalStatus = (typeof REFUSAL_STATUSES)[number];

/** Who is told of what is asserted. */
export interface AssertionListener {
  /** Something is asserted. */
  readonly asserts: () => void;
  /** It is not so. Throws, unless failures are collected. */
  readonly fails: (error: RouteAssertionError) => void;
}

export function routeAssertion(
  asked: Asked,
  listener: AssertionListener,
  negated = false,
): RouteAssertion {
  const assert = (expected: Expectation, method: unknown, of = asked): RouteAssertion => {
    listener.asserts();
    const error = errorOf(validateExpectation(expected), of, negated);
    if (error !== undefined) {
      blameCaller(error, method, assert);
      listener.fails(error);
    }
    return routeAssertion(negated ? asked : of, listener);
  };
  const assertion: RouteAssertion = {
    get not() {
      return routeAssertion(asked, listener, !negated);
    },
    toService: (service, port) => assert({ service, port }, assertion.toService),
    toPod: (pod) => assert({ pod }, assertion.toPod),
    toEndpoint: (endpoint) => assert({ endpoint }, assertion.toEndpoint),
    toRedirect: (redirect, status) => assert({ redirect, status }, assertion.toRedirect),
    toReject: (refusal) =>
      assert(
        typeof refusal === 'number' ? { status: refusal } : { reason: refusal },
        assertion.toReject,
      ),
    toPath: (path) => assert({ path }, assertion.toPath),
    toSeeHeaders: (headers) => assert({ headers }, assertion.toSeeHeaders),
    toBeReachable: () => assert({ reachable: true }, assertion.toBeReachable),
    toBeReachableFrom: (entrance) =>
      assert(
        { reachable: true },
        assertion.toBeReachableFrom,
        ask(asked.manifests, { ...asked.request, entrance }),
      ),
  };
  return assertion;
}

function errorOf(
  expected: Expectation,
  asked: Asked,
  negated: boolean,
): RouteAssertionError | undefined {
  const failures = check(expected, asked);
  if (negated === failures.length > 0) return undefined;
  const explanation = formatExplanation(asked.explanation);
  const message = negated
    ? `expected anything but ${phrase(expected)}`
    : failures.map((failure) => failure.message).join('; ');
  return new RouteAssertionError(
    `${formatRequest(asked.request)}: ${message}\n\n${explanation}`,
    negated ? {} : difference(failures),
  );
}
