import type { Budget } from '../automaton/state.ts';
import { withoutTrailingSlash } from '../path/path.ts';
import type { RouteTable, TableEntry } from '../table/table.ts';
import { hostDefaultBackend } from '../table/table.ts';
import type { ValuesOf } from './condition-class.ts';
import { conditionClasses } from './condition-class.ts';
import type { HostClass } from './host-class.ts';
import { hostClasses } from './host-class.ts';
import type { PathClasses, PathMatcher } from './path-class.ts';
import { pathClasses } from './path-class.ts';
import type { Region } from './region.ts';
import type { ValueClasses } from './value-class.ts';
import { valueClasses } from './value-class.ts';

/** The regions of hosts for which each table looks at the same rules. */
export interface HostRegions extends HostClass {
  /** Some may be alike. */
  readonly regions: readonly Region[];
  /** Whether every request for these hosts belongs to one of them. */
  readonly complete: boolean;
}

/** All hosts together may take this many times what one may. */
const HOSTS = 10;

/**
 * The regions of one class of hosts after another.
 *
 * @param limit See `RegionsOptions`.
 */
export function* hostRegions(
  tables: readonly RouteTable[],
  limit: number,
): Generator<HostRegions, void> {
  const explorer = createExplorer(limit);
  const entries = tables.map(entriesByHost);
  for (const hostClass of hostClasses(tables)) {
    const placed = hostClass.keys.flatMap((key, table) => {
      const indices = key === undefined ? undefined : entries[table]?.get(key);
      return (indices ?? []).flatMap((index) => {
        const entry = tables[table]?.entries[index];
        return entry ? [{ table, index, entry }] : [];
      });
    });
    yield { ...hostClass, ...regionsOfHost(tables, hostClass, placed, explorer) };
  }
}

/** An entry and where it is. */
interface PlacedEntry {
  readonly table: number;
  readonly index: number;
  readonly entry: TableEntry;
}

function entriesByHost({
  entries,
  rules,
  hosts,
}: RouteTable): ReadonlyMap<string, readonly number[]> {
  const byHost = new Map<string, number[]>();
  for (const [index, { rule }] of entries.entries()) {
    const host = hosts[rules[rule]?.host ?? -1] ?? '';
    const indices = byHost.get(host);
    if (indices) indices.push(index);
    else byHost.set(host, [index]);
  }
  return byHost;
}

function regionsOfHost(
  tables: readonly RouteTable[],
  { host, keys }: HostClass,
  placed: readonly PlacedEntry[],
  explorer: Explorer,
): Pick<HostRegions, 'regions' | 'complete'> {
  const defaultBackends = tables.map((table, index) => defaultBackendOf(table, keys[index]));
  const { matchers, asking } = group(placed);
  const paths = explorer.pathsOf(matchers);
  let complete = paths.complete;
  const regions: Region[] = [];
  for (const { path, fits } of paths.classes) {
    const fitting = fits
      .flatMap((matcher) => asking[matcher] ?? [])
      .toSorted((a, b) => a - b)
      .flatMap((place) => placed[place] ?? []);
    const conditions = explorer.conditionsOf(fitting.map(({ entry }) => entry));
    complete &&= conditions.complete;
    for (const { request, fits: remaining } of conditions.classes) {
      const found: number[][] = tables.map(() => []);
      for (const place of remaining) {
        const entry = fitting[place];
        if (entry) found[entry.table]?.push(entry.index);
      }
      regions.push({ request: { host, path, ...request }, fitting: found, defaultBackends });
    }
  }
  return { regions, complete };
}

/** As `matchRoute` does. */
function defaultBackendOf(table: RouteTable, key: string | undefined): number | undefined {
  const index = hostDefaultBackend(table, key);
  return index < table.defaultBackends.length ? index : undefined;
}

/** What entries ask of the path, each once, and indices of those that ask it. */
function group(placed: readonly PlacedEntry[]): {
  readonly matchers: readonly PathMatcher[];
  readonly asking: readonly (readonly number[])[];
} {
  const matchers = new Map<string, PathMatcher>();
  const asking = new Map<string, number[]>();
  for (const [place, { entry }] of placed.entries()) {
    const { type, path: written, program } = entry;
    const path = type === 'PathPrefix' ? withoutTrailingSlash(written) : written;
    const key = `${type} ${path}`;
    const places = asking.get(key);
    if (places) places.push(place);
    else {
      asking.set(key, [place]);
      matchers.set(key, { type, path, ...(program && { program }) });
    }
  }
  return { matchers: [...matchers.values()], asking: [...asking.values()] };
}

/** Finds classes within a common budget, those for the same matchers once. */
interface Explorer {
  readonly pathsOf: (matchers: readonly PathMatcher[]) => PathClasses;
  readonly conditionsOf: (entries: readonly TableEntry[]) => ReturnType<typeof conditionClasses>;
}

function createExplorer(limit: number): Explorer {
  const common: Budget = { left: limit * HOSTS };
  const spend = <Result>(run: (budget: Budget) => Result): Result => {
    const given = Math.min(limit, common.left);
    const budget = { left: given };
    const result = run(budget);
    common.left -= given - budget.left;
    return result;
  };
  const paths = new Map<string, PathClasses>();
  const values = new Map<string, ValueClasses>();
  const valuesOf: ValuesOf = (kind, matchers) =>
    remember(
      values,
      JSON.stringify([kind, matchers.map(({ value, program }) => [value, program !== undefined])]),
      () => spend((budget) => valueClasses(kind, matchers, budget)),
    );
  return {
    pathsOf: (matchers) =>
      remember(paths, JSON.stringify(matchers.map(({ type, path }) => [type, path])), () =>
        spend((budget) => pathClasses(matchers, budget)),
      ),
    conditionsOf: (entries) => spend((budget) => conditionClasses(entries, valuesOf, budget)),
  };
}

function remember<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = find();
  known.set(key, value);
  return value;
}
