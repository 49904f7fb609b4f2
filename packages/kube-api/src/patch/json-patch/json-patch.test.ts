import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PatchError } from '../failure/failure.ts';
import { jsonPatch } from './json-patch.ts';

function refusal(document: unknown, patch: unknown): unknown {
  try {
    return jsonPatch(document, patch);
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    const { code, message } = error.failure;
    return `${code} ${message.replace(/^the server rejected our request due to an error in our request: /, '')}`;
  }
}

describe('a JSON patch', () => {
  it.each([
    ['adds a field', { a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
    ['adds over a field', { a: 1 }, [{ op: 'add', path: '/a', value: null }], { a: null }],
    ['inserts', { a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
    ['appends', { a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
    ['removes a field', { a: 1, b: 2 }, [{ op: 'remove', path: '/a' }], { b: 2 }],
    ['removes an item', { a: [1, 2, 3] }, [{ op: 'remove', path: '/a/1' }], { a: [1, 3] }],
    ['replaces', { a: { b: 1 } }, [{ op: 'replace', path: '/a/b', value: [] }], { a: { b: [] } }],
    ['replaces all', { a: 1 }, [{ op: 'replace', path: '', value: { b: 2 } }], { b: 2 }],
    [
      'moves',
      { a: { b: 1 }, c: {} },
      [{ op: 'move', from: '/a/b', path: '/c/d' }],
      { a: {}, c: { d: 1 } },
    ],
    [
      'moves within a list',
      { a: [1, 2, 3] },
      [{ op: 'move', from: '/a/0', path: '/a/2' }],
      { a: [2, 3, 1] },
    ],
    [
      'copies',
      { a: { b: 1 } },
      [{ op: 'copy', from: '/a', path: '/c' }],
      { a: { b: 1 }, c: { b: 1 } },
    ],
    [
      'tests',
      { a: { b: 1, c: [2] } },
      [{ op: 'test', path: '/a', value: { c: [2], b: 1 } }],
      { a: { b: 1, c: [2] } },
    ],
    ['tests for absence by null', { a: 1 }, [{ op: 'test', path: '/b', value: null }], { a: 1 }],
    [
      'unescapes',
      { 'a/b': 1, 'c~d': 2 },
      [
        { op: 'remove', path: '/a~1b' },
        { op: 'remove', path: '/c~0d' },
      ],
      {},
    ],
    [
      'takes no key for special',
      {},
      [{ op: 'add', path: '/__proto__', value: 1 }],
      JSON.parse('{"__proto__": 1}'),
    ],
  ])('%s', (_, document, patch, expected) => {
    expect(jsonPatch(document, patch)).toStrictEqual(expected);
  });

  it.each([
    [{}, '400 a JSON patch must be a list of operations'],
    [[{ op: 'spin', path: '/a' }], '400 Unexpected kind: "spin"'],
    [[{ op: 'add', path: '/a' }], '400 add operation: value is missing'],
    [[{ op: 'remove' }], '400 remove operation: path is missing'],
    [[{ op: 'move', path: '/a' }], '400 move operation: from is missing'],
    [
      [{ op: 'remove', path: '/x' }],
      '422 remove operation does not apply: doc is missing path: "/x": missing value',
    ],
    [
      [{ op: 'replace', path: '/x', value: 1 }],
      '422 replace operation does not apply: doc is missing path: "/x": missing value',
    ],
    [
      [{ op: 'add', path: '/x/y', value: 1 }],
      '422 add operation does not apply: doc is missing path: "/x/y": missing value',
    ],
    [
      [{ op: 'add', path: '/l/3', value: 1 }],
      '422 add operation does not apply: doc is missing path: "/l/3": missing value',
    ],
    [
      [{ op: 'add', path: '/l/01', value: 1 }],
      '422 add operation does not apply: doc is missing path: "/l/01": missing value',
    ],
    [
      [{ op: 'add', path: '/constructor/x', value: 1 }],
      '422 add operation does not apply: doc is missing path: "/constructor/x": missing value',
    ],
    [
      [{ op: 'copy', from: '/x', path: '/y' }],
      '422 copy operation does not apply: doc is missing path: "/x": missing value',
    ],
    [[{ op: 'test', path: '/l/0', value: 2 }], '422 testing value /l/0 failed: test failed'],
    [
      [{ op: 'move', from: '/l', path: '/l/0' }],
      '422 move operation does not apply: "/l/0" lies in "/l"',
    ],
    [[{ op: 'remove', path: 'l' }], '422 "l" is no JSON pointer: it must start with "/"'],
    [
      Array.from({ length: 10_001 }, () => ({ op: 'test', path: '', value: 1 })),
      '413 The allowed maximum operations in a JSON patch is 10000, got 10001',
    ],
  ])('%j is refused', (patch, expected) => {
    expect(refusal({ l: [1] }, patch)).toBe(expected);
  });

  it('can neither blow a document up nor make it too deep to read', () => {
    const copies = Array.from({ length: 30 }, () => ({ op: 'copy', from: '', path: '/l/-' }));
    expect(refusal({ l: ['x'.repeat(100)] }, copies)).toMatch(/^422 Unable to complete the copy/u);
    const deep = Array.from({ length: 300 }, (_, index) => ({
      op: 'add',
      path: '/a'.repeat(index + 1),
      value: {},
    }));
    expect(refusal({}, deep)).toBe('422 exceeded max depth');
  });

  it('leaves what it was given as it was', () => {
    const document = Object.freeze({ a: Object.freeze([1]) });
    expect(jsonPatch(document, [{ op: 'add', path: '/a/-', value: 2 }])).toEqual({ a: [1, 2] });
    expect(document).toEqual({ a: [1] });
  });

  it('that takes back what the one before it did gives the document that there was', () => {
    const document = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.array(fc.nat(9)));
    fc.assert(
      fc.property(
        document,
        fc.constantFrom('d', 'e/f', 'g~h'),
        fc.jsonValue(),
        (before, name, value) => {
          const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
          const after = jsonPatch(before, [{ op: 'add', path, value }]);
          expect(after).toEqual({ ...before, [name]: value });
          expect(
            jsonPatch(after, [
              { op: 'test', path, value },
              { op: 'remove', path },
            ]),
          ).toEqual(before);
        },
      ),
    );
  });
});
