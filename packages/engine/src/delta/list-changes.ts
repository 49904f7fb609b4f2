import { isSameJSON } from '../snapshot/same-json.ts';

/** A part of a list: rows of the list before, or rows that are new. */
type ListRun<Row> =
  /** The index of the first of them, and how many. */
  { readonly kept: readonly [number, number] } | { readonly put: readonly Row[] };

/** The runs that a list consists of, in its order. */
export type ListChanges<Row> = readonly ListRun<Row>[];

/** What makes one list of another; `undefined` where both are the same. Costs most between the first and the last difference. */
export function listChanges<Row>(
  from: readonly Row[],
  to: readonly Row[],
): ListChanges<Row> | undefined {
  if (from === to) return undefined;
  const shorter = Math.min(from.length, to.length);
  let first = 0;
  while (first < shorter && isSameJSON(from[first], to[first])) first++;
  if (first === from.length && first === to.length) return undefined;
  let last = 0;
  while (last < shorter - first && isSameJSON(from.at(-1 - last), to.at(-1 - last))) last++;
  return joined([
    { kept: [0, first] },
    ...changesBetween(from, to.slice(first, to.length - last), first, from.length - last),
    { kept: [from.length - last, last] },
  ]);
}

/** One run for each row of `to`, found from index `first` up to `end` of `from`, wherever it is there. */
function changesBetween<Row>(
  from: readonly Row[],
  to: readonly Row[],
  first: number,
  end: number,
): ListChanges<Row> {
  const places = new Map<string, number>();
  for (let index = end - 1; index >= first; index--) {
    places.set(JSON.stringify(from[index]), index);
  }
  return to.map((row) => {
    const place = places.get(JSON.stringify(row));
    return place === undefined ? { put: [row] } : { kept: [place, 1] };
  });
}

function joined<Row>(runs: ListChanges<Row>): ListChanges<Row> {
  const result: ListRun<Row>[] = [];
  for (const run of runs) {
    const before = result.at(-1);
    if ('put' in run) {
      if (before && 'put' in before)
        result[result.length - 1] = { put: [...before.put, ...run.put] };
      else result.push(run);
    } else if (run.kept[1] > 0) {
      const follows = before && 'kept' in before && before.kept[0] + before.kept[1] === run.kept[0];
      if (follows) {
        result[result.length - 1] = { kept: [before.kept[0], before.kept[1] + run.kept[1]] };
      } else result.push(run);
    }
  }
  return result;
}

/**
 * The list that the changes make of the one they were found for.
 *
 * @throws {RangeError} where they keep rows that the list doesn't have
 */
export function withListChanges<Row>(
  list: readonly Row[],
  changes: ListChanges<Row> | undefined,
): readonly Row[] {
  if (changes === undefined) return list;
  return changes.flatMap((run) => {
    if ('put' in run) return run.put;
    const [first, count] = run.kept;
    const rows = list.slice(first, first + count);
    if (rows.length !== count) throw new RangeError(`no ${count} rows from ${first} to be kept`);
    return rows;
  });
}

/** Says where a row of the list before is in the list after; -1: nowhere. */
export function newPlaces(
  length: number,
  changes: ListChanges<unknown> | undefined,
): (place: number) => number {
  if (changes === undefined) return (place) => place;
  const places = new Int32Array(length).fill(-1);
  let at = 0;
  for (const run of changes) {
    if ('put' in run) at += run.put.length;
    else {
      const [first, count] = run.kept;
      for (let index = first; index < first + count; index++) places[index] = at++;
    }
  }
  return (place) => places[place] ?? -1;
}
