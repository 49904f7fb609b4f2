import type * as v from 'valibot';

import { isUnknownField } from './mapping.ts';

/** Something wrong with a value, or with what is in it. */
export interface Fault {
  readonly path: readonly (number | string)[];
  /** What was expected, and what was found. */
  readonly message: string;
  readonly code: 'InvalidField' | 'UnknownField';
}

/** Types of issue whose message needs no word of what was found. */
const SAY_ALL: ReadonlySet<string> = new Set([
  'min_entries',
  'non_empty',
  'raw_check',
  'strict_object',
]);

/** What valibot found, for people. */
export function faultsOf(issues: readonly v.BaseIssue<unknown>[]): readonly Fault[] {
  // To valibot a list is an object with odd fields.
  const list = issues.find((issue) => isUnknownField(issue) && Array.isArray(parentOf(issue)));
  if (list !== undefined) {
    const path = (list.path ?? []).slice(0, -1).map(({ key }) => keyOf(key));
    const isWithin = (issue: v.BaseIssue<unknown>): boolean =>
      path.every((key, index) => issue.path?.[index]?.key === key);
    const others = issues.filter((issue) => !isWithin(issue));
    return [{ path, message: 'must be a mapping', code: 'InvalidField' }, ...faultsOf(others)];
  }
  return issues.flatMap(faultsIn);
}

function parentOf({ path }: Pick<v.BaseIssue<unknown>, 'path'>): unknown {
  return path?.at(-1)?.input;
}

function keyOf(key: unknown): number | string {
  return typeof key === 'number' ? key : String(key);
}

function faultsIn(issue: v.BaseIssue<unknown>): readonly Fault[] {
  const path = (issue.path ?? []).map(({ key }) => keyOf(key));
  // Of the alternatives that a union has, a mapping was meant where there is one.
  const within = faultsOf(issue.issues?.filter((each) => each.path !== undefined) ?? []);
  if (issue.type === 'union' && within.length > 0) {
    return within.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
  }
  const message = SAY_ALL.has(issue.type)
    ? issue.message
    : `${issue.message}, not ${issue.received}`;
  return [{ path, message, code: isUnknownField(issue) ? 'UnknownField' : 'InvalidField' }];
}

/** `tests[0].expect.headers.x-forwarded-host`. */
export function formatPath(path: readonly (number | string)[]): string {
  return path
    .map((key) => (typeof key === 'string' && /^[\w-]+$/.test(key) ? `.${key}` : `[${key}]`))
    .join('')
    .replace(/^\./, '');
}
