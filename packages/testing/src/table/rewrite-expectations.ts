import { canonicalJSON } from '@portolan/core';
import { readDocument } from '@portolan/document';
import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  visit,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';

import type { Expectation } from '../expectation/expectation.ts';
import { appendEntries, removeEntries, replaceEntry, replaceValue } from '../yaml-edit/entries.ts';
import { flowText, scalarText } from '../yaml-edit/flow-text.ts';
import { nextLine, type Range } from '../yaml-edit/lines.ts';
import { endOf, readSource, startOf, type Source } from '../yaml-edit/source.ts';
import { applySplices, type Splice } from '../yaml-edit/splice.ts';

/**
 * Writes expectations into the text of a test file, and leaves everything else in it as it is.
 *
 * @param expectations By the index of the test.
 */
export function rewriteExpectations(
  text: string,
  expectations: ReadonlyMap<number, Expectation>,
): string {
  const source = readSource(withoutSharing(text, [...expectations.keys()]));
  const { document } = readDocument(source.text);
  const splices = [...expectations].flatMap(([index, expectation]) => {
    const test = document.getIn(['tests', index]);
    return isMap(test) ? splicesOfTest(source, test, expectation) : [];
  });
  return applySplices(source.text, splices);
}

/** What aliases share with an expectation that is to change is written out at each of them. */
function withoutSharing(text: string, indexes: readonly number[]): string {
  const source = readSource(text);
  const { document } = readDocument(text);
  const changing = indexes.map((index) => rangeOfExpectation(source, document, index));
  const splices: Splice[] = [];
  visit(document, {
    Alias: (_, alias) => {
      const shared = alias.resolve(document);
      const ranges = [rangeOf(source, alias), rangeOf(source, shared)];
      if (!changing.some((range) => ranges.some((each) => overlap(each, range)))) return;
      splices.push({ ...rangeOf(source, alias), text: flowText(shared?.toJS(document)) });
    },
  });
  return applySplices(text, splices);
}

/** That of the test where it is an alias, or nothing is expected yet. */
function rangeOfExpectation(source: Source, document: Document, index: number): Range {
  const expectation = document.getIn(['tests', index, 'expect'], true);
  return rangeOf(
    source,
    isNode(expectation) ? expectation : document.getIn(['tests', index], true),
  );
}

function rangeOf(source: Source, node: unknown): Range {
  return { start: startOf(node), end: endOf(node, source) };
}

function overlap(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

function splicesOfTest(source: Source, test: YAMLMap, expectation: Expectation): readonly Splice[] {
  const pair = test.items.find(({ key }) => keyOf(key) === 'expect');
  if (pair === undefined) return appendEntries(source, test, [`expect: ${flowText(expectation)}`]);
  if (isMap(pair.value) && pair.value.items.length > 0) {
    return splicesOfExpectation(source, pair.value, expectation);
  }
  return replaceValue(source, pair, flowText(expectation));
}

function splicesOfExpectation(
  source: Source,
  written: YAMLMap,
  expectation: Expectation,
): readonly Splice[] {
  const fields = new Map<string, unknown>(Object.entries(expectation));
  const removed = written.items.filter(({ key }) => !fields.has(keyOf(key)));
  const present = new Set(written.items.map(({ key }) => keyOf(key)));
  const added = [...fields]
    .filter(([field]) => !present.has(field))
    .map(([field, value]) => `${field}: ${flowText(value)}`);
  // What comes stands where something went, as long as there is any.
  const replaced = removed.slice(0, added.length);
  return [
    ...written.items.flatMap((pair) => splicesOfField(source, pair, fields.get(keyOf(pair.key)))),
    ...replaced.flatMap((pair, index) => replaceEntry(source, pair, added[index] ?? '')),
    ...removeEntries(source, written, new Set(removed.slice(added.length))),
    ...appendEntries(source, written, added.slice(removed.length)),
  ];
}

/** @param value `undefined`: the field goes. */
function splicesOfField(source: Source, pair: Pair, value: unknown): readonly Splice[] {
  const before = isNode(pair.value) ? pair.value.toJSON() : null;
  if (value === undefined || canonicalJSON(before) === canonicalJSON(value)) return [];
  if (isMap(pair.value)) {
    const fields = new Map<string, unknown>(Object.entries(value ?? {}));
    return pair.value.items.flatMap((each) =>
      splicesOfField(source, each, fields.get(keyOf(each.key))),
    );
  }
  return replaceValue(source, pair, valueText(source, pair.value, value));
}

/** A value, written as the one that it replaces. */
function valueText(source: Source, before: unknown, value: unknown): string {
  if (isScalar(before)) return scalarText(value, before);
  if (!isSeq(before) || before.flow || !Array.isArray(value)) return flowText(value);
  return value.map((item) => `- ${flowText(item)}`).join(nextLine(source.text, startOf(before)));
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}
