import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { deployment, given, ingress, service } from '../../test/objects.ts';
import type { Change, Diff } from '../diff/diff-result.ts';
import { diff } from '../diff/diff.ts';
import { codeSpan } from './code-span.ts';
import { formatDiff } from './format-diff.ts';
import { formatMarkdown } from './format-markdown.ts';

const web = [service('web'), deployment('web'), service('cart'), deployment('cart')];
const moved = diff(
  given(...web, ingress('i', { '/': 'web' }, { host: 'a.com' })),
  given(...web, ingress('i', { '/': 'web', '/cart': 'cart' }, { host: 'a.com' })),
);
const same = diff(given(...web), given(...web));

/** As many changes as asked for. */
function many(count: number): Diff {
  const changes = Array.from({ length: count }, (_, index) =>
    moved.changes.map((change): Change => ({
      ...change,
      witnesses: [
        { method: 'GET', url: `http://a.com/${index}`, headers: {}, entrance: 'external' },
      ],
    })),
  );
  return { ...moved, changes: changes.flat() };
}

describe('changes for people', () => {
  it('are grouped by kind, with what was, what is, a request and the rules', () => {
    expect(formatDiff(moved)).toBe(
      [
        'Backend: another Service, or other weights',
        '',
        '  shop/web:80',
        '  → shop/cart:80',
        '    http://a.com/cart',
        '      before: Ingress shop/i spec.rules[0].http.paths[0]',
        '      after: Ingress shop/i spec.rules[0].http.paths[1]',
        '',
        'Requests change in 1 way: 1 backend.',
        '',
      ].join('\n'),
    );
  });

  it('are none where there is none', () => {
    expect(formatDiff(same)).toBe('No request changes.\n');
    expect(formatMarkdown(same)).toBe('**No request changes.**\n');
  });

  it('say so where not everything was compared', () => {
    expect(formatDiff({ ...same, complete: false })).toContain('Not everything was compared');
    expect(formatMarkdown({ ...same, complete: false })).toContain('> [!WARNING]');
  });

  it('are cut where there are many, unless all are asked for', () => {
    expect(formatDiff(many(100))).toContain('more that change alike');
    expect(formatDiff(many(100), undefined, { all: true })).toContain('http://a.com/99\n');
  });
});

describe('changes as a comment', () => {
  it('are a table for each kind', () => {
    expect(formatMarkdown(moved)).toContain(
      '| `http://a.com/cart` | `shop/web:80` | `shop/cart:80` | `before: Ingress shop/i spec.rules[0].http.paths[0]`<br>`after: Ingress shop/i spec.rules[0].http.paths[1]` |',
    );
  });

  it('are folded away after the first ten', () => {
    const text = formatMarkdown(many(12));
    expect(text).toContain('<details><summary>2 more</summary>');
    expect(text).toContain('http://a.com/11');
  });

  it('fit into a comment, and say how many do not', () => {
    const text = formatMarkdown(many(5_000));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/_\d+ more rows are left out: they don't fit in a comment\._\n$/);
  });
});

describe('a code span in a table', () => {
  it.each([
    ['/plain', '`/plain`'],
    ['/a|b', '`/a\\|b`'],
    ['/`x`', '`` /`x` ``'],
    ['a\nb', '`a b`'],
    ['<img src=x>@team', '`<img src=x>@team`'],
  ])('%j is %s', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  it('never ends its cell, its line or itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', '|', '\\', 'a', '\n', ' ') }), (text) => {
        const span = codeSpan(text);
        expect(span).not.toMatch(/[\r\n]/);
        expect(span.replaceAll(/\\./g, '')).not.toContain('|');
        const [fence = ''] = /^`+/.exec(span) ?? [];
        const inside = span.slice(fence.length, -fence.length);
        expect(inside.split(/[^`]+/)).not.toContain(fence);
      }),
    );
  });
});
