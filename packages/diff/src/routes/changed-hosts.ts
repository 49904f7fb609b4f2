import {
  EVERY_HOST,
  hostDefaultBackend,
  hostKey,
  type RouteTable,
  type TableEntry,
} from '@portolan/routing';

import type { Side } from '../side/side.ts';
import type { Numbering, Signatures } from '../side/signatures.ts';

/** Hosts whose requests may be treated differently. */
export interface ChangedHost {
  /** As a rule of either side writes it, or `*` for all that none names. */
  readonly host: string;
  /** Which of each table's `hosts` is looked at; `undefined`: none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * The hosts for which the two tables don't say the same, rule by rule, and those that share rules with them on one side: so
 * the regions of all these are as they would be among all hosts.
 */
export function changedHosts(before: Side, after: Side, number: Numbering): readonly ChangedHost[] {
  const tables = [before, after].map(({ snapshot }) => snapshot.routes);
  const written = new Set([...tables.flatMap(({ hosts }) => hosts), EVERY_HOST]);
  const signBefore = hostSignature(before, number);
  const signAfter = hostSignature(after, number);
  const changed: ChangedHost[] = [];
  let same: ChangedHost[] = [];
  for (const host of written) {
    const each = {
      host,
      before: hostKey(before.snapshot.routes, host),
      after: hostKey(after.snapshot.routes, host),
    };
    (signBefore(each.before) === signAfter(each.after) ? same : changed).push(each);
  }
  for (let first = 0; first < changed.length;) {
    const keysBefore = new Set(changed.slice(first).map((each) => each.before));
    const keysAfter = new Set(changed.slice(first).map((each) => each.after));
    first = changed.length;
    const { sharing = [], others = [] } = Object.groupBy(same, (each) =>
      keysBefore.has(each.before) || keysAfter.has(each.after) ? 'sharing' : 'others',
    );
    changed.push(...sharing);
    same = others;
  }
  return changed;
}

/** A number for all that is said under one key, down to the endpoints. */
function hostSignature(
  { snapshot: { routes }, signatures }: Side,
  number: Numbering,
): (key: string | undefined) => number {
  const entries = Map.groupBy(
    routes.entries.filter(({ shadowedBy }) => shadowedBy === undefined),
    ({ rule }) => routes.hosts[routes.rules[rule]?.host ?? -1],
  );
  return (key) => {
    const taker = routes.defaultBackends[hostDefaultBackend(routes, key)];
    const said = (key === undefined ? undefined : entries.get(key)) ?? [];
    return number(
      JSON.stringify([
        taker && signatures.backends(taker.backends),
        said.map((entry) => entryText(routes, signatures, entry)),
      ]),
    );
  };
}

function entryText(routes: RouteTable, signatures: Signatures, entry: TableEntry): unknown {
  const { rule, type, path, method, headers, queryParams } = entry;
  const { filters = [], backends = [] } = routes.actions[routes.rules[rule]?.action ?? -1] ?? {};
  const values = [headers, queryParams].map((each = []) =>
    each.map(({ name, value, program }) => [name, value, program !== undefined]),
  );
  return [type, path, method, values, filters, signatures.backends(backends)];
}
