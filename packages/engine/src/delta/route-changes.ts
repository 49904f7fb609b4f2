import type { RouteTable } from '@portolan/routing';

import { isEmpty, recordChanges, withChanges } from './entry-changes.ts';
import { listChanges, newPlaces, withListChanges, type ListChanges } from './list-changes.ts';
import type { EntryChanges } from './snapshot-delta.ts';

/**
 * What became of a table of routes; a part that has not changed is absent. Rules and entries that only refer to others by
 * another index than before, since those moved, have not changed.
 */
export interface RouteChanges {
  readonly sources?: ListChanges<RouteTable['sources'][number]>;
  readonly rules?: ListChanges<RouteTable['rules'][number]>;
  readonly actions?: ListChanges<RouteTable['actions'][number]>;
  readonly entries?: ListChanges<RouteTable['entries'][number]>;
  readonly hosts?: ListChanges<string>;
  readonly hostDefaultBackends?: EntryChanges<number>;
  readonly defaultBackends?: ListChanges<RouteTable['defaultBackends'][number]>;
}

/** What makes one table of another; `undefined` where both are the same. */
export function routeChanges(from: RouteTable, to: RouteTable): RouteChanges | undefined {
  if (from === to) return undefined;
  const sources = listChanges(from.sources, to.sources);
  const actions = listChanges(from.actions, to.actions);
  const hosts = listChanges(from.hosts, to.hosts);
  const rules = listChanges(rulesMoved(from, { sources, actions, hosts }), to.rules);
  const entries = listChanges(entriesMoved(from, { rules }), to.entries);
  const hostDefaultBackends = recordChanges(from.hostDefaultBackends, to.hostDefaultBackends);
  const defaultBackends = listChanges(from.defaultBackends, to.defaultBackends);
  const changes: RouteChanges = {
    ...(sources && { sources }),
    ...(rules && { rules }),
    ...(actions && { actions }),
    ...(entries && { entries }),
    ...(hosts && { hosts }),
    ...(!isEmpty(hostDefaultBackends) && { hostDefaultBackends }),
    ...(defaultBackends && { defaultBackends }),
  };
  return Object.keys(changes).length === 0 ? undefined : changes;
}

export function withRouteChanges(table: RouteTable, changes: RouteChanges | undefined): RouteTable {
  if (changes === undefined) return table;
  return {
    sources: withListChanges(table.sources, changes.sources),
    rules: withListChanges(rulesMoved(table, changes), changes.rules),
    actions: withListChanges(table.actions, changes.actions),
    entries: withListChanges(entriesMoved(table, changes), changes.entries),
    hosts: withListChanges(table.hosts, changes.hosts),
    hostDefaultBackends: withChanges(table.hostDefaultBackends, changes.hostDefaultBackends),
    defaultBackends: withListChanges(table.defaultBackends, changes.defaultBackends),
  };
}

/** The rules, with the indices that their sources, actions and hosts will have. */
function rulesMoved(
  table: RouteTable,
  changes: { readonly [Part in 'sources' | 'actions' | 'hosts']?: RouteChanges[Part] | undefined },
): RouteTable['rules'] {
  const { sources, actions, hosts } = changes;
  if (!sources && !actions && !hosts) return table.rules;
  const sourceOf = newPlaces(table.sources.length, sources);
  const actionOf = newPlaces(table.actions.length, actions);
  const hostOf = newPlaces(table.hosts.length, hosts);
  return table.rules.map((rule) => {
    const source = sourceOf(rule.source);
    const action = actionOf(rule.action);
    const host = hostOf(rule.host);
    const isSame = source === rule.source && action === rule.action && host === rule.host;
    return isSame ? rule : { ...rule, source, host, action };
  });
}

/** The entries, with the indices that their rules will have. */
function entriesMoved(
  table: RouteTable,
  changes: { readonly rules?: RouteChanges['rules'] | undefined },
): RouteTable['entries'] {
  if (changes.rules === undefined) return table.entries;
  const ruleOf = newPlaces(table.rules.length, changes.rules);
  return table.entries.map((entry) => {
    const rule = ruleOf(entry.rule);
    return rule === entry.rule ? entry : { ...entry, rule };
  });
}
