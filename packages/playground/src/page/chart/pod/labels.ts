import { validateLabelKey, validateLabelValue } from '@portolan/core';

export type ReadLabels =
  | { readonly labels: Readonly<Record<string, string>> }
  | {
      /** From 1. */
      readonly line: number;
      /** For people. */
      readonly fault: string;
    };

/** Labels as lines of `key=value`, sorted by key. */
export function writeLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join('\n');
}

/** Lines of `key=value` as labels, or what is wrong with the first that are none. Empty lines don't count. */
export function readLabels(text: string): ReadLabels {
  const labels = new Map<string, string>();
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.trim();
    if (line === '') continue;
    const at = line.indexOf('=');
    const key = line.slice(0, at).trim();
    const value = line.slice(at + 1).trim();
    const fault = at === -1 ? `${line} has no =` : faultOf(key, value, labels);
    if (fault !== undefined) return { line: index + 1, fault };
    labels.set(key, value);
  }
  return { labels: Object.fromEntries(labels) };
}

function faultOf(
  key: string,
  value: string,
  before: ReadonlyMap<string, string>,
): string | undefined {
  if (key === '') return 'the key is missing';
  if (before.has(key)) return `${key} is there twice`;
  const [badKey] = validateLabelKey(key);
  if (badKey !== undefined) return `${key} is no key: ${badKey}`;
  const [badValue] = validateLabelValue(value);
  return badValue === undefined ? undefined : `${value} is no value: ${badValue}`;
}
