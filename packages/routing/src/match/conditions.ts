import { queryParam } from '@portolan/core';

import { matchesProgram } from '../regular-expression/run.ts';
import type { RequestFacts } from '../route/request.ts';
import type { TableEntry, TableValueMatch } from '../table/table.ts';

/** The first of an entry's conditions, apart from host and path, that a request doesn't meet. */
export type UnmetCondition =
  | { readonly reason: 'method' }
  | { readonly reason: 'header' | 'query'; readonly expected: TableValueMatch };

const NO_VALUES: readonly TableValueMatch[] = [];

export function unmetCondition(entry: TableEntry, facts: RequestFacts): UnmetCondition | undefined {
  if (entry.method !== undefined && entry.method !== facts.method) return { reason: 'method' };
  for (const expected of entry.headers ?? NO_VALUES) {
    if (!fits(expected, headerValue(facts, expected.name))) return { reason: 'header', expected };
  }
  for (const expected of entry.queryParams ?? NO_VALUES) {
    if (!fits(expected, queryParam(facts.query, expected.name)))
      return { reason: 'query', expected };
  }
  return undefined;
}

export function headerValue(facts: RequestFacts, name: string): string | undefined {
  return facts.headers.get(name) ?? undefined;
}

function fits({ value, program }: TableValueMatch, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  return program === undefined ? value === actual : matchesProgram(program, actual);
}
