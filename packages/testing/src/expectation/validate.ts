import { faultsOf, formatPath } from '@portolan/document';
import * as v from 'valibot';

import { expectedFields, type Expectation } from './expectation.ts';
import { expectationSchema } from './schema.ts';

const inCode = expectationSchema(
  v.union(
    [v.string(), v.null(), v.undefined(), v.instance(RegExp)],
    'must be a string or a RegExp, or undefined for a field that is to be absent',
  ),
);

/**
 * What program code expects. What can never be would make its negation hold always.
 *
 * @throws {TypeError} for an unknown field, a value that it can't have, and fields that contradict each other,
 * and where nothing is expected
 */
export function validateExpectation(expected: Expectation): Expectation {
  const parsed = v.safeParse(inCode, expected);
  if (parsed.success) {
    if (expectedFields(expected).length > 0) return expected;
    throw new TypeError('nothing is expected');
  }
  const faults = faultsOf(parsed.issues).map(
    ({ path, message }) => `${formatPath(path)} ${message}`,
  );
  throw new TypeError(faults.join('; '));
}
