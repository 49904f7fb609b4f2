import { compareByCreation, queryParam } from '@portolan/core';

import { withoutTrailingSlash } from '../path/path.ts';
import { matchesProgram } from '../regular-expression/run.ts';
import type { RequestFacts } from '../route/request.ts';
import { compareEntries } from '../table/precedence.ts';
import { sourceName, sourceOf } from '../table/source.ts';
import type { RouteTable, TableEntry, TableRule } from '../table/table.ts';
import { EVERY_HOST } from '../table/table.ts';
import type { UnmetCondition } from './conditions.ts';
import { headerValue, unmetCondition } from './conditions.ts';
import type { LossReason } from './trace.ts';

/** Why an entry does not take a request, for machines and for people. */
export interface Loss {
  readonly reason: LossReason;
  readonly detail: string;
}

export function lossByHost(
  host: string,
  requested: string,
  hosts: readonly string[],
  chosen: string | undefined,
): Loss | undefined {
  if (host === chosen) return undefined;
  if (hosts.includes(host)) {
    const name = host === EVERY_HOST ? 'every host' : host;
    return { reason: 'host', detail: `${name} is less specific than ${chosen}` };
  }
  if (requested === '') return { reason: 'host', detail: `the request names no host, not ${host}` };
  return {
    reason: 'host',
    detail: host.startsWith('*.')
      ? `${requested} is not ${host.slice(2)} with one more label in front`
      : `${requested} is not ${host}`,
  };
}

export function lossByPath(entry: TableEntry, path: string): Loss | undefined {
  if (entry.type === 'Exact') {
    return path === entry.path
      ? undefined
      : { reason: 'path', detail: `${path} is not exactly ${entry.path}` };
  }
  if (entry.type === 'PathPrefix') {
    const prefix = withoutTrailingSlash(entry.path);
    return path === prefix || path.startsWith(`${prefix}/`)
      ? undefined
      : { reason: 'path', detail: `${path} is not ${prefix} or below it` };
  }
  return entry.program && matchesProgram(entry.program, path)
    ? undefined
    : { reason: 'path', detail: `${path} as a whole does not match ${entry.path}` };
}

/** Why the path of the winner fits. */
export function fitOf(entry: TableEntry, path: string): string {
  if (entry.type === 'Exact') return `${path} is exactly ${entry.path}`;
  if (entry.type === 'RegularExpression') return `${path} as a whole matches ${entry.path}`;
  return `${path} is ${withoutTrailingSlash(entry.path) || '/'} or below it`;
}

export function lossByCondition(entry: TableEntry, facts: RequestFacts): Loss | undefined {
  const unmet = unmetCondition(entry, facts);
  if (unmet === undefined) return undefined;
  if (unmet.reason === 'method') {
    return { reason: 'method', detail: `the method is ${facts.method}, not ${entry.method}` };
  }
  return { reason: unmet.reason, detail: valueDetail(unmet, facts) };
}

function valueDetail(
  { reason, expected }: Extract<UnmetCondition, { readonly expected: unknown }>,
  facts: RequestFacts,
): string {
  const isHeader = reason === 'header';
  const subject = `${isHeader ? 'header' : 'query parameter'} ${expected.name}`;
  const actual = isHeader
    ? headerValue(facts, expected.name)
    : queryParam(facts.query, expected.name);
  if (actual === undefined) return `${subject} is absent`;
  return expected.program
    ? `${subject} is ${JSON.stringify(actual)}, which as a whole does not match ${expected.value}`
    : `${subject} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected.value)}`;
}

/** Why an entry that fits did not win; `undefined` for the winner. */
export function lossByPrecedence(
  table: RouteTable,
  entry: TableEntry,
  rule: TableRule,
  winner: TableEntry | undefined,
): Loss | undefined {
  const winningRule = table.rules[winner?.rule ?? -1];
  if (!winner || !winningRule || winner === entry) return undefined;
  if (compareEntries(winner, entry) !== 0) {
    return { reason: 'precedence', detail: precedenceDetail(winner, entry) };
  }
  if (winningRule.source === rule.source) {
    return { reason: 'earlierRule', detail: `${winningRule.field} comes first in the same object` };
  }
  const first = sourceOf(table, winningRule);
  const isOlder = compareByCreation({ metadata: first }, { metadata: sourceOf(table, rule) }) < 0;
  return {
    reason: 'olderObject',
    detail: `${sourceName(first)} ${isOlder ? 'is older' : 'comes first by namespace/name'}`,
  };
}

function precedenceDetail(winner: TableEntry, entry: TableEntry): string {
  const [first, second] = [describe(winner), describe(entry)];
  if (winner.type === 'Exact' && entry.type !== 'Exact')
    return `${first} is exact, ${second} is not`;
  if (winner.path.length > entry.path.length) return `${first} is longer than ${second}`;
  if (winner.type !== entry.type) return `${first} comes before ${second} of the same length`;
  if (winner.method !== undefined && entry.method === undefined) {
    return `another rule for ${first} asks for the method, too`;
  }
  return (winner.headers?.length ?? 0) > (entry.headers?.length ?? 0)
    ? `another rule for ${first} asks for more headers`
    : `another rule for ${first} asks for more query parameters`;
}

function describe(entry: TableEntry): string {
  return `${entry.type} ${entry.path}`;
}
