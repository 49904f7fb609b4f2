import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mergePatch } from './merge-patch.ts';

type Branch = Map<string, unknown>;

/** A merge patch, leaf by leaf: each leaf of the patch is put where it belongs, and what is in its way makes way. */
function naive(target: unknown, patch: unknown): unknown {
  const root: Branch = new Map([['', branches(target)]]);
  for (const [path, value] of leaves(patch)) put(root, ['', ...path], value);
  return objects(root.get(''));
}

function put(branch: Branch, [first = '', ...rest]: readonly string[], value: unknown): void {
  const isEmpty = value instanceof Map;
  if (rest.length > 0 || isEmpty) {
    const next = branch.get(first);
    const child: Branch = next instanceof Map ? next : new Map();
    branch.set(first, child);
    if (rest.length > 0) put(child, rest, value);
  } else if (value === null) {
    branch.delete(first);
  } else {
    branch.set(first, value);
  }
}

function* leaves(
  value: unknown,
  path: readonly string[] = [],
): Generator<[readonly string[], unknown]> {
  const branch = branches(value);
  if (!(branch instanceof Map) || branch.size === 0) yield [path, branch];
  else for (const [name, item] of branch) yield* leaves(objects(item), [...path, name]);
}

function branches(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return new Map(Object.entries(value).map(([name, item]) => [name, branches(item)]));
}

function objects(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([name, item]) => [name, objects(item)]));
}

const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const json = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(null, true, 0, 1, 'x'),
    fc.array(fc.constantFrom(1, 'y', null), { maxLength: 2 }),
    tie('object'),
  ),
  object: fc
    .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 3, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries)),
}));

describe('a merge patch', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{ a: 'b' }, ['c'], ['c']],
  ])('of %j by %j gives %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });

  it('puts each of its leaves where it belongs, and leaves the rest alone', () => {
    fc.assert(
      fc.property(json.object, json.object, (target, patch) => {
        expect(branches(mergePatch(target, patch))).toEqual(branches(naive(target, patch)));
      }),
    );
  });

  it('of what it made changes nothing more', () => {
    fc.assert(
      fc.property(json.object, json.object, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });
});
