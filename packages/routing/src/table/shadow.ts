import { withoutTrailingSlash } from '../path/path.ts';
import type { RouteSource } from '../route/route.ts';
import type { DroppedRule } from './dropped-rule.ts';
import { sourceName } from './source.ts';
import type { RouteTable, TableEntry, TableValueMatch } from './table.ts';
import { EVERY_HOST } from './table.ts';

/** What entries refer to by index. */
interface Referred extends Pick<RouteTable, 'hosts' | 'rules'> {
  readonly sources: readonly RouteSource[];
}

/**
 * Marks each entry before which another takes the same requests. `entries` are in order of precedence. Two entries of
 * one rule say the same thing twice, which is no conflict.
 */
export function markShadowed(
  entries: readonly TableEntry[],
  { rules, sources, hosts }: Referred,
): { readonly entries: readonly TableEntry[]; readonly dropped: readonly DroppedRule[] } {
  const first = new Map<string, number>();
  const dropped: DroppedRule[] = [];
  const marked = entries.map((entry, index) => {
    const rule = rules[entry.rule];
    const key = requestsOf(entry, rule?.host ?? -1);
    const shadowedBy = first.get(key);
    if (shadowedBy === undefined) {
      first.set(key, index);
      return entry;
    }
    const winner = rules[entries[shadowedBy]?.rule ?? -1];
    const source = sources[rule?.source ?? -1];
    const owner = sources[winner?.source ?? -1];
    if (rule && source && winner && owner && winner !== rule) {
      const written = hosts[rule.host];
      const host = written === EVERY_HOST ? 'every host' : written;
      dropped.push({
        source,
        field: rule.field,
        reason: 'Conflicted',
        message: ` for ${entry.type} ${entry.written ?? entry.path} on ${host}: ${sourceName(owner)} takes the same requests by ${winner.field}`,
      });
    }
    return { ...entry, shadowedBy };
  });
  return { entries: marked, dropped };
}

/** The same text for entries that take the same requests. */
function requestsOf(entry: TableEntry, host: number): string {
  const path = entry.type === 'PathPrefix' ? withoutTrailingSlash(entry.path) : entry.path;
  return JSON.stringify([
    host,
    entry.type,
    path,
    entry.method ?? null,
    valuesOf(entry.headers),
    valuesOf(entry.queryParams),
  ]);
}

/** Each name occurs once, so the order of the texts is that of the names. */
function valuesOf(values: readonly TableValueMatch[] = []): readonly string[] {
  return values
    .map(({ name, value, program }) => JSON.stringify([name, value, program !== undefined]))
    .toSorted();
}
