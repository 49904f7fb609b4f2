import type { Condition } from '@portolan/core';
import {
  compareText,
  validateDNS1123Subdomain,
  validateWildcardDNS1123Subdomain,
} from '@portolan/core';

import type { Route, RouteSource, Rule } from '../route/route.ts';
import type { DroppedRule } from './dropped-rule.ts';
import { droppedRuleCondition } from './dropped-rule.ts';
import { compareEntries, sortBySource } from './precedence.ts';
import { compileRule, InvalidRule } from './rule.ts';
import { markShadowed } from './shadow.ts';
import { Shared } from './shared.ts';
import { writeSource } from './source.ts';
import type {
  RouteTable,
  TableAction,
  TableDefaultBackend,
  TableEntry,
  TableRule,
} from './table.ts';
import { EVERY_HOST } from './table.ts';

export interface CompileRoutesOptions {
  /** The controller's own: asked where no object has one. */
  readonly defaultBackend?: TableDefaultBackend;
}

/**
 * The table for `routes`, and what is to be said of rules that are not in it. The order of `routes` doesn't matter as
 * long as no two have the same kind, namespace and name.
 *
 * - A request goes to the rules of the most specific host that fits: the exact one, `*.` with one more label, none.
 *   There it stays: where none of that host's rules fit, those of less specific hosts are not asked.
 * - Rules of several objects for one host are merged. For their order see `compareEntries` and `sortBySource`.
 * - Of rules that take the same requests the first wins, and the others get a Condition: reason `Conflicted`.
 * - A rule that can't be carried out (host, path, regular expression, filter) gets a Condition, reason
 *   `UnsupportedValue`, and the others serve. Its host still counts as having rules.
 * - What no rule takes goes to the first default backend of the objects that have rules for the host, else of the
 *   objects without rules, else of any object, else to that in the options.
 *
 * Source: Kubernetes API reference, IngressRule and IngressSpec v1 networking.k8s.io; Gateway API v1, HTTPRouteRule.
 */
export function compileRoutes(
  routes: readonly Route[],
  options: CompileRoutesOptions = {},
): { readonly table: RouteTable; readonly conditions: readonly Condition[] } {
  const ordered = sortBySource(routes);
  const sources = ordered.map((route) => route.source);
  const defaultBackends = orderDefaultBackends(ordered, options.defaultBackend);
  const { rules, actions, entries, hosts, hostDefaultBackends, invalid } = compileRules(
    ordered,
    defaultBackends,
  );
  const shadowed = markShadowed(sortEntries(entries, rules), { rules, sources, hosts });
  const serving = servingSources(ordered, rules, shadowed.entries);
  return {
    table: {
      sources: sources.map(writeSource),
      rules,
      actions,
      entries: shadowed.entries,
      hosts,
      hostDefaultBackends: Object.fromEntries(Array.from(hostDefaultBackends).toSorted(byHost)),
      defaultBackends,
    },
    conditions: [...invalid, ...shadowed.dropped].map((rule) =>
      droppedRuleCondition(rule, serving.has(rule.source)),
    ),
  };
}

function orderDefaultBackends(
  ordered: readonly Route[],
  last: TableDefaultBackend | undefined,
): readonly TableDefaultBackend[] {
  const withoutRules: TableDefaultBackend[] = [];
  const withRules: TableDefaultBackend[] = [];
  for (const { source, rules, defaultBackend } of ordered) {
    if (defaultBackend === undefined) continue;
    (rules.length === 0 ? withoutRules : withRules).push({ source, ...defaultBackend });
  }
  return [...withoutRules, ...withRules, ...(last ? [last] : [])];
}

interface CompiledRules {
  readonly rules: readonly TableRule[];
  readonly actions: readonly TableAction[];
  readonly entries: readonly TableEntry[];
  readonly hosts: RouteTable['hosts'];
  readonly hostDefaultBackends: ReadonlyMap<string, number>;
  readonly invalid: readonly DroppedRule[];
}

function compileRules(
  ordered: readonly Route[],
  defaultBackends: readonly TableDefaultBackend[],
): CompiledRules {
  const defaultBackendOf = new Map(
    defaultBackends.map(({ source }, index): [RouteSource, number] => [source, index]),
  );
  const rules: (Omit<TableRule, 'host'> & { readonly host: string })[] = [];
  const actions = new Shared<TableAction>();
  const entries: TableEntry[] = [];
  const written = new Set<string>();
  const hostDefaultBackends = new Map<string, number>();
  const invalid: DroppedRule[] = [];
  for (const [index, { source, rules: given }] of ordered.entries()) {
    for (const rule of given) {
      const { field, host = EVERY_HOST, backends } = rule;
      try {
        checkHost(rule);
        written.add(host);
        const asked = hostDefaultBackends.get(host) ?? defaultBackendOf.get(source);
        if (asked !== undefined) hostDefaultBackends.set(host, asked);
        const { filters, matches } = compileRule(rule);
        rules.push({ source: index, field, host, action: actions.indexOf({ filters, backends }) });
        for (const match of matches) entries.push({ rule: rules.length - 1, ...match });
      } catch (error) {
        if (!(error instanceof InvalidRule)) throw error;
        invalid.push({ source, field, reason: 'UnsupportedValue', message: `: ${error.message}` });
      }
    }
  }
  const hosts = [...written].toSorted(compareText);
  const places = new Map(hosts.map((host, place) => [host, place]));
  return {
    rules: rules.map(({ source, field, host, action }) => ({
      source,
      field,
      host: places.get(host) ?? -1,
      action,
    })),
    actions: actions.values,
    entries,
    hosts,
    hostDefaultBackends,
    invalid,
  };
}

function byHost([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compareText(a, b);
}

function checkHost({ host }: Rule): void {
  if (host === undefined) return;
  const faults = host.startsWith('*')
    ? validateWildcardDNS1123Subdomain(host)
    : validateDNS1123Subdomain(host);
  if (faults.length > 0) {
    throw new InvalidRule(`host ${JSON.stringify(host)}: ${faults.join(', ')}`);
  }
}

/** Sorting is stable, and rules come by source and then as the source lists them. */
function sortEntries(
  entries: readonly TableEntry[],
  rules: readonly TableRule[],
): readonly TableEntry[] {
  const hostOf = (entry: TableEntry): number => rules[entry.rule]?.host ?? -1;
  return entries.toSorted((a, b) => hostOf(a) - hostOf(b) || compareEntries(a, b));
}

/** Objects that take some requests, by a rule or by their default backend. */
function servingSources(
  ordered: readonly Route[],
  rules: readonly TableRule[],
  entries: readonly TableEntry[],
): ReadonlySet<RouteSource> {
  const serving = new Set<RouteSource>();
  for (const { source, defaultBackend } of ordered) if (defaultBackend) serving.add(source);
  for (const { rule, shadowedBy } of entries) {
    const source = ordered[rules[rule]?.source ?? -1]?.source;
    if (shadowedBy === undefined && source) serving.add(source);
  }
  return serving;
}
