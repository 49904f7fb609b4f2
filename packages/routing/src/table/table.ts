import type { Program } from '../regular-expression/program.ts';
import type { Backends, Filter, PathMatch, RouteSource } from '../route/route.ts';

/**
 * Routes, ready to be matched: plain JSON data, the same for the same routes in whatever order they came. What it costs
 * to find a rule depends on the length of the host and the path, and on the regular expressions of the host, not on
 * the number of routes. Made by `compileRoutes`, read by `matchRoute`.
 */
export interface RouteTable {
  /** In order of precedence: older first, then by namespace/name. */
  readonly sources: readonly RouteSource[];
  readonly rules: readonly TableRule[];
  /** What becomes of requests, each once, in the order in which rules first ask for it. */
  readonly actions: readonly TableAction[];
  /** One for each match of each rule, by host and then in order of precedence. */
  readonly entries: readonly TableEntry[];
  /** By host as rules write it, and `*` for the rules without one. */
  readonly hosts: Readonly<Record<string, TableHost>>;
  /** In order of precedence: of objects without rules, of others, of the controller. */
  readonly defaultBackends: readonly TableDefaultBackend[];
}

export interface TableRule {
  /** Index into `sources`. */
  readonly source: number;
  readonly field: string;
  /** A key of `hosts`. */
  readonly host: string;
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

/** The rules of one host. Lists are indices into `entries`, in order of precedence. */
export interface TableHost {
  /** By normalised path. */
  readonly exact: Readonly<Record<string, readonly number[]>>;
  /** By normalised path without its trailing slash. */
  readonly prefixes: Readonly<Record<string, readonly number[]>>;
  /** The length of the longest key of `prefixes`. */
  readonly longestPrefix: number;
  /** Those with a regular expression for their path. */
  readonly expressions: readonly number[];
  /** Index into `defaultBackends`: that of the objects that have rules for this host. */
  readonly defaultBackend?: number;
}

export interface TableDefaultBackend {
  readonly source: RouteSource;
  readonly field: string;
  readonly backends: Backends;
}

/** The key of the rules without a host. */
export const EVERY_HOST = '*';

/** The keys under which the rules for a normalised host can be, the most specific first. */
export function hostKeys(host: string): readonly string[] {
  const dot = host.indexOf('.');
  return dot < 0 ? [host, EVERY_HOST] : [host, `*${host.slice(dot)}`, EVERY_HOST];
}

/**
 * Under which of its keys `hosts` has the rules for a host, normalised or as a rule writes it; `undefined`: under none. A host
 * with an asterisk stands for those that it fits and that no other key names.
 */
export function hostKey({ hosts }: Pick<RouteTable, 'hosts'>, host: string): string | undefined {
  return hostKeys(host).find((key) => Object.hasOwn(hosts, key));
}

/** What a record of its own has under `key`, which may be any text that a client sent. */
export function lookUp<Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
