import {
  sourceName,
  sourceOf,
  type RouteSource,
  type RouteTable,
  type UnreachableRule,
} from '@portolan/routing';

/** Tells the rules and default backends that certainly get no request. */
export type IsUnused = (source: RouteSource, field: string) => boolean;

/** A rule is unused where none of its matches wins. */
export function unusedRules(table: RouteTable, unreachable: readonly UnreachableRule[]): IsUnused {
  const unused = new Set<string>();
  const lost = new Map<number, number>();
  for (const each of unreachable) {
    if (!each.proved) continue;
    if (each.kind === 'entry') {
      const rule = table.entries[each.entry]?.rule ?? -1;
      lost.set(rule, (lost.get(rule) ?? 0) + 1);
    } else {
      const backend = table.defaultBackends[each.defaultBackend];
      if (backend) unused.add(keyOf(backend.source, backend.field));
    }
  }
  const all = Map.groupBy(table.entries, ({ rule }) => rule);
  for (const [index, count] of lost) {
    const rule = table.rules[index];
    if (rule && all.get(index)?.length === count) {
      unused.add(keyOf(sourceOf(table, rule), rule.field));
    }
  }
  return (source, field) => unused.has(keyOf(source, field));
}

function keyOf(source: RouteSource, field: string): string {
  return `${sourceName(source)} ${field}`;
}
