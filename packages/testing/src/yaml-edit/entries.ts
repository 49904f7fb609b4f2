import type { Pair, YAMLMap } from 'yaml';

import { lineBreak, lineEnd, lineStart, nextLine, withBlanks, type Range } from './lines.ts';
import { behindColon, endOf, endOfPair, isEmpty, startOf, type Source } from './source.ts';
import type { Splice } from './splice.ts';

/** Puts an entry in the place of another. */
export function replaceEntry(source: Source, pair: Pair, text: string): readonly Splice[] {
  const range = { start: startOf(pair.key), end: endOfPair(pair, source) };
  return [...rescueComments(source, range), { ...range, text }];
}

/** Gives an entry another value, or one at all. */
export function replaceValue(source: Source, pair: Pair, text: string): readonly Splice[] {
  if (isEmpty(pair.value)) {
    const at = behindColon(pair, source);
    const colon = source.text[at - 1] === ':' ? '' : ':';
    return [{ start: at, end: at, text: `${colon} ${text}` }];
  }
  const range = { start: startOf(pair.value), end: endOf(pair.value, source) };
  return [...rescueComments(source, range), { ...range, text }];
}

/** Adds entries below the last one, or behind it where the mapping is in braces. */
export function appendEntries(
  source: Source,
  { items, flow }: YAMLMap,
  entries: readonly string[],
): readonly Splice[] {
  const [first, last] = [items[0], items.at(-1)];
  if (entries.length === 0 || first === undefined || last === undefined) return [];
  const { text } = source;
  const end = endOfPair(last, source);
  if (flow) return [{ start: end, end, text: `, ${entries.join(', ')}` }];
  const next = nextLine(text, startOf(first.key));
  const at = lineEnd(text, end);
  return [{ start: at, end: at, text: next + entries.join(next) }];
}

/** Takes entries out of a mapping in which others remain, with their commas, and lines that hold nothing else. */
export function removeEntries(
  source: Source,
  { items, flow }: YAMLMap,
  removed: ReadonlySet<Pair>,
): readonly Splice[] {
  return runsOf(items, removed).flatMap((run) => {
    const ends = run.map((pair) => endOfPair(pair, source));
    const entries = { start: startOf(run[0]?.key), end: Math.max(...ends) };
    const range = flow ? withComma(source.text, entries) : entries;
    return [...rescueComments(source, range), { ...withBlanks(source.text, range), text: '' }];
  });
}

/** Comments within what goes get lines of their own, above the line on which it began. */
function rescueComments({ text, comments }: Source, { start, end }: Range): readonly Splice[] {
  const at = lineStart(text, start);
  const [indent = ''] = /^[ \t]*/.exec(text.slice(at)) ?? [];
  return comments
    .filter(({ offset }) => start <= offset && offset < end)
    .map(({ source }) => ({ start: at, end: at, text: `${indent}${source}${lineBreak(text)}` }));
}

/** Entries that follow on one another. */
function runsOf(items: readonly Pair[], chosen: ReadonlySet<Pair>): readonly (readonly Pair[])[] {
  const runs: Pair[][] = [];
  for (const [index, pair] of items.entries()) {
    const before = items[index - 1];
    if (!chosen.has(pair)) continue;
    if (before !== undefined && chosen.has(before)) runs.at(-1)?.push(pair);
    else runs.push([pair]);
  }
  return runs;
}

/** With the comma behind, or else with that before on the same line: one at the end of a line may stay, as the last. */
function withComma(text: string, { start, end }: Range): Range {
  const [behind] = /^\s*,(?:[ \t]+(?![ \t#]))?/.exec(text.slice(end)) ?? [];
  if (behind !== undefined) return { start, end: end + behind.length };
  const [before = ''] = /,[ \t]*$/.exec(text.slice(lineStart(text, start), start)) ?? [];
  return { start: start - before.length, end };
}
