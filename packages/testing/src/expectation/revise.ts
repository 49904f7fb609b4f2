import type { Asked } from '../asked/asked.ts';
import { describe } from './describe.ts';
import { endingOf, expectedEndings } from './ending.ts';
import { expectedFields, type Expectation } from './expectation.ts';
import { truthOf } from './truth.ts';

/**
 * The expectation with all that isn't so made true. A field that says something else gets the true value. A field of which
 * there is nothing goes, and what the request comes to instead is added. What is true stays as it is.
 */
export function revise(expected: Expectation, asked: Asked): Expectation {
  const fields = expectedFields(expected);
  const truths = fields.map((field) => [field, truthOf(field, expected, asked)] as const);
  const kept: Expectation = Object.fromEntries(truths.filter(([, truth]) => truth !== undefined));
  const isEnough =
    fields.length > 0 &&
    expectedFields(kept).length === fields.length &&
    expectedEndings(kept).includes(endingOf(asked.explanation));
  if (isEnough) return kept;
  const { service, ...rest } = describe(asked.explanation);
  // The port may have a field of its own.
  const added = kept.port === undefined ? service : service?.split(':', 1).join('');
  return { ...(added !== undefined && { service: added }), ...rest, ...kept };
}
