import type { TableEntry } from '../table/table.ts';
import type { RegionRequest } from './region.ts';
import type { ValueKind, ValueMatcher } from './value-class.ts';

/** One thing that entries may ask for. */
export interface Aspect {
  readonly kind: 'method' | ValueKind;
  readonly name: string;
}

export interface AspectValue extends Aspect {
  readonly value: string;
}

/** A header's name is a token (RFC 9110 §5.1), and a parameter's name can be percent-encoded. */
export function isPossibleName({ kind, name }: Aspect): boolean {
  return kind === 'header' ? /^[\w!#$%&'*+.^`|~-]+$/u.test(name) : name.isWellFormed();
}

/** Each once: the method, headers and query parameters by name. */
export function aspectsOf(entries: readonly TableEntry[]): readonly Aspect[] {
  const aspects = new Map<string, Aspect>();
  for (const entry of entries) {
    for (const { kind, name } of matchersOf(entry)) aspects.set(`${kind} ${name}`, { kind, name });
  }
  return [...aspects].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, aspect]) => aspect);
}

/** What an entry asks of each aspect. */
export function matchersOf(entry: TableEntry): readonly (Aspect & ValueMatcher)[] {
  const { method, headers = [], queryParams = [] } = entry;
  return [
    ...(method === undefined ? [] : [{ kind: 'method' as const, name: '', value: method }]),
    ...headers.map((match) => ({ kind: 'header' as const, ...match })),
    ...queryParams.map((match) => ({ kind: 'query' as const, ...match })),
  ];
}

/** A request that has these values, and nothing else that entries may ask for. */
export function requestOf(
  values: readonly AspectValue[],
): Pick<RegionRequest, 'method' | 'headers' | 'query'> {
  const ofKind = (kind: Aspect['kind']): readonly AspectValue[] =>
    values.filter((value) => value.kind === kind);
  return {
    method: ofKind('method')[0]?.value ?? 'GET',
    headers: Object.fromEntries(ofKind('header').map(({ name, value }) => [name, value])),
    query: ofKind('query')
      .map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&'),
  };
}
