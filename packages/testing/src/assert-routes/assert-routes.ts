import { formatExplanation } from '@portolan/explain';

import { ask } from '../asked/asked.ts';
import { check, difference } from '../expectation/check.ts';
import type { Expectation } from '../expectation/expectation.ts';
import { validateExpectation } from '../expectation/validate.ts';
import {
  compiledManifests,
  type ManifestsUnderTest,
} from '../manifests-under-test/manifests-under-test.ts';
import { formatRequest, readRequest, type RequestUnderTest } from '../request/read-request.ts';
import { blameCaller, RouteAssertionError } from '../route/route-assertion-error.ts';

/** A request, and what is to become of it: as in a test file. */
export interface ExpectedRoute {
  readonly name?: string;
  readonly request: RequestUnderTest;
  readonly expect: Expectation;
}

/**
 * Asks where these manifests send each of these requests, and tells of all that don't go where they are to go.
 *
 * @throws {RouteAssertionError} where any doesn't
 * @throws {FaultyManifests} where an object of the manifests would be missing
 * @throws {RequestFault} for a request that can't be sent
 * @throws {TypeError} for an empty table, and for what can never be
 */
export function assertRoutes(manifests: ManifestsUnderTest, table: readonly ExpectedRoute[]): void {
  if (table.length === 0) throw new TypeError('there is no request in the table');
  const compiled = compiledManifests(manifests);
  const failed = table.flatMap(({ name, request, expect }) => {
    const asked = ask(compiled, readRequest(request));
    const failures = check(validateExpectation(expect), asked);
    return failures.length === 0 ? [] : [{ name, asked, failures }];
  });
  if (failed.length === 0) return;
  const titled = failed.map(({ name, asked, failures }) => {
    const title = formatRequest(asked.request);
    return { title: name === undefined ? title : `${name}: ${title}`, asked, failures };
  });
  const count = `${failed.length} of ${table.length} request${table.length === 1 ? ' does' : 's do'} not go where expected`;
  const details = titled.map(
    ({ title, asked, failures }) =>
      `${title}: ${failures.map(({ message }) => message).join('; ')}\n\n${formatExplanation(asked.explanation)}`,
  );
  const sides = titled.map(({ title, failures }) => [title, difference(failures)] as const);
  const error = new RouteAssertionError([count, ...details].join('\n\n'), {
    expected: Object.fromEntries(sides.map(([title, { expected }]) => [title, expected])),
    actual: Object.fromEntries(sides.map(([title, { actual }]) => [title, actual])),
  });
  blameCaller(error, assertRoutes);
  throw error;
}
