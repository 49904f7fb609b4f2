import { EVERY_HOST, hostDefaultBackend, type RouteTable } from '@portolan/routing';

/**
 * The table with the rules of some hosts only. The others stay hosts that have rules, so that these don't become less
 * specific hosts' requests, with their default backend.
 */
export function narrow(table: RouteTable, keys: ReadonlySet<string | undefined>): RouteTable {
  const places = new Map<number, number>();
  for (const [index, { rule }] of table.entries.entries()) {
    if (keys.has(table.hosts[table.rules[rule]?.host ?? -1])) places.set(index, places.size);
  }
  const placeOf = (index: number): number => places.get(index) ?? -1;
  return {
    ...table,
    entries: table.entries.flatMap((entry, index) => {
      if (!places.has(index)) return [];
      const { shadowedBy } = entry;
      return shadowedBy === undefined ? entry : { ...entry, shadowedBy: placeOf(shadowedBy) };
    }),
  };
}

/** The table with the rules of one host only, as if they were for every host. */
export function forEveryHost(table: RouteTable, key: string | undefined): RouteTable {
  const narrowed = narrow(table, new Set([key]));
  return {
    ...narrowed,
    rules: narrowed.rules.map((rule) => ({ ...rule, host: 0 })),
    hosts: [EVERY_HOST],
    hostDefaultBackends: { [EVERY_HOST]: hostDefaultBackend(table, key) },
  };
}
