import type { Explanation } from '@portolan/explain';

import { expectedFields, type Expectation, type ExpectationField } from './expectation.ts';

/** Statuses of a redirect: RFC 9110 section 15.4. */
export const REDIRECT_STATUSES = [301, 302, 303, 307, 308] as const;

/** Statuses of a refusal. */
export const REFUSAL_STATUSES = [400, 403, 404, 503] as const;

/** What a request can come to: it is forwarded, redirected, or refused with a status. */
export type Ending = (typeof REFUSAL_STATUSES)[number] | 'forward' | 'redirect';

export const ENDINGS: readonly Ending[] = ['forward', 'redirect', ...REFUSAL_STATUSES];

/** Reasons whose status is not 503. */
export const REASONS: ReadonlyMap<string | undefined, Ending> = new Map([
  ['InvalidHost', 400],
  ['InvalidPath', 400],
  ['SourceNotAllowed', 403],
  ['NoMatchingRoute', 404],
]);

const answered = (): readonly Ending[] => ['forward'];

/** A request that is turned away at a Service's own address, or because nobody is ready, was for that Service, too. */
const destined = (): readonly Ending[] => ['forward', 403, 503];

/** With which endings each field can be as it is expected. */
const POSSIBLE: Readonly<Record<ExpectationField, (expected: Expectation) => readonly Ending[]>> = {
  service: destined,
  port: destined,
  status: ({ status }) =>
    REDIRECT_STATUSES.some((each) => each === status)
      ? ['redirect']
      : REFUSAL_STATUSES.filter((each) => each === status),
  reason: ({ reason }) => [REASONS.get(reason) ?? 503],
  redirect: () => ['redirect'],
  path: answered,
  headers: answered,
  reachable: ({ reachable }) => ENDINGS.filter((each) => (each === 'forward') === reachable),
  endpoints: answered,
  endpoint: answered,
  pod: answered,
  pods: answered,
};

/** @returns the endings with which one field of `expected` can be as it is expected */
export function possibleEndings(field: ExpectationField, expected: Expectation): readonly Ending[] {
  return POSSIBLE[field](expected);
}

/** The endings that are as expected. Where a request may be forwarded it has to be. */
export function expectedEndings(expected: Expectation): readonly Ending[] {
  const endings = expectedFields(expected).reduce(
    (left, field) => left.filter((each) => possibleEndings(field, expected).includes(each)),
    ENDINGS,
  );
  return endings.includes('forward') ? ['forward'] : endings;
}

/** Two fields that no request fulfils both. */
export interface Contradiction {
  readonly field: ExpectationField;
  readonly other: ExpectationField;
}

export function findContradiction(expected: Expectation): Contradiction | undefined {
  const fields = expectedFields(expected);
  for (const [index, field] of fields.entries()) {
    const other = fields
      .slice(0, index)
      .find(
        (each) => !canBothBe(possibleEndings(each, expected), possibleEndings(field, expected)),
      );
    if (other !== undefined) return { field, other };
  }
  // Which of the two ports is meant?
  return expected.port !== undefined && expected.service?.includes(':')
    ? { field: 'port', other: 'service' }
    : undefined;
}

function canBothBe(some: readonly Ending[], others: readonly Ending[]): boolean {
  return some.some((each) => others.includes(each));
}

export function endingOf({ outcome, status }: Explanation): Ending {
  if (outcome !== 'respond') return outcome;
  return REFUSAL_STATUSES.find((each) => each === status) ?? 503;
}
