import { compareText } from '@portolan/core';

import type { Program } from '../regular-expression/program.ts';
import type { Backends, Filter, PathMatch, RouteSource } from '../route/route.ts';

/**
 * Routes, ready to be matched: plain JSON data, the same for the same routes in whatever order they came. What it costs
 * to find a rule depends on the length of the host and the path, and on the regular expressions of the host, not on
 * the number of routes. Made by `compileRoutes`, read by `matchRoute`.
 */
export interface RouteTable {
  /**
   * In order of precedence: older first, then by namespace/name. Each as one text, `Ingress shop/web` or with its time of creation
   * `Ingress shop/web 2026-03-01T00:00:00Z`, since a large table is read many times as fast so; see `sourceOf`.
   */
  readonly sources: readonly string[];
  readonly rules: readonly TableRule[];
  /** What becomes of requests, each once, in the order in which rules first ask for it. */
  readonly actions: readonly TableAction[];
  /** One for each match of each rule, in the order of `hosts` and for each host in order of precedence. */
  readonly entries: readonly TableEntry[];
  /** Every host that has rules, sorted, as they write it: `shop.example`, `*.shop.example`, and `*` for the rules without one. */
  readonly hosts: readonly string[];
  /** By host an index into `defaultBackends`, where the objects that have rules for the host have one. */
  readonly hostDefaultBackends: Readonly<Record<string, number>>;
  /** In order of precedence: of objects without rules, of others, of the controller. */
  readonly defaultBackends: readonly TableDefaultBackend[];
}

export interface TableRule {
  /** Index into `sources`. */
  readonly source: number;
  readonly field: string;
  /** Index into `hosts`. */
  readonly host: number;
  /** Index into `actions`. */
  readonly action: number;
}

/** What becomes of a request that a rule takes. Rules that agree share one. */
export interface TableAction {
  /** With normalised paths. */
  readonly filters: readonly Filter[];
  readonly backends: Backends;
}

/** One match of one rule. */
export interface TableEntry {
  /** Index into `rules`. */
  readonly rule: number;
  readonly type: PathMatch['type'];
  /** Normalised, with its trailing slash if it has one; or the regular expression. */
  readonly path: string;
  /** The path as the rule writes it, where that differs. */
  readonly written?: string;
  /** Of a regular expression. */
  readonly program?: Program;
  readonly method?: string;
  /** Names are in lower case. */
  readonly headers?: readonly TableValueMatch[];
  readonly queryParams?: readonly TableValueMatch[];
  /** Index of the entry that takes everything that this one would. It is never asked, only explained. */
  readonly shadowedBy?: number;
}

export interface TableValueMatch {
  readonly name: string;
  readonly value: string;
  /** Of a regular expression. */
  readonly program?: Program;
}

export interface TableDefaultBackend {
  readonly source: RouteSource;
  readonly field: string;
  readonly backends: Backends;
}

/** The host of the rules without one. */
export const EVERY_HOST = '*';

/** What rules for a normalised host can have written, the most specific first. */
export function hostKeys(host: string): readonly string[] {
  const dot = host.indexOf('.');
  return dot < 0 ? [host, EVERY_HOST] : [host, `*${host.slice(dot)}`, EVERY_HOST];
}

/**
 * Which of `hosts` has the rules for a host, normalised or as a rule writes it; `undefined`: none. A host with an asterisk
 * stands for those that it fits and that no other of `hosts` names.
 */
export function hostKey({ hosts }: Pick<RouteTable, 'hosts'>, host: string): string | undefined {
  return hostKeys(host).find((key) => hasHost(hosts, key));
}

/** @param hosts sorted */
function hasHost(hosts: readonly string[], host: string): boolean {
  let [first, end] = [0, hosts.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    if (compareText(hosts[middle] ?? '', host) < 0) first = middle + 1;
    else end = middle;
  }
  return hosts[first] === host;
}

/** The index of the default backend that is asked where no rule for one of `hosts`, or for no host, takes a request. */
export function hostDefaultBackend(table: RouteTable, key: string | undefined): number {
  return (key === undefined ? undefined : lookUp(table.hostDefaultBackends, key)) ?? 0;
}

/** What a record of its own has under `key`, which may be any text that a client sent. */
export function lookUp<Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
