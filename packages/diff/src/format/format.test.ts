import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { deployment, given, ingress, pod, service } from '../../test/objects.ts';
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

describe('the text', () => {
  it('says with whom, where and from where a request changes, and who answered', () => {
    const local = { internalTrafficPolicy: 'Local' } as const;
    const pods = [pod('web', 'a', '10.1.0.1', { nodeName: 'n1' })];
    const before = given(service('web', local), ...pods);
    const after = given(
      service('web', { ...local, internalTrafficPolicy: 'Cluster' }),
      ...pods,
      pod('web', 'b', '10.1.0.2', { nodeName: 'n2' }),
    );
    expect(formatDiff(diff(before, after))).toBe(
      [
        'Reachability: somebody answers, and nobody did, or the other way round',
        '',
        '  503 NoReadyEndpoints (shop/web)',
        '  → shop/web:80',
        '    http://web.shop/, inside the cluster',
        '    http://web.shop.svc/, inside the cluster',
        '    http://web.shop.svc.cluster.local/, inside the cluster',
        '      Service shop/web',
        '',
        'Endpoints: the same Service, answered by others',
        '',
        '  shop/web:80 at 10.1.0.1:8080',
        '  → shop/web:80 at 10.1.0.1:8080, 10.1.0.2:8080',
        '    http://web.shop/, inside the cluster, at node n1',
        '    http://web.shop.svc/, inside the cluster, at node n1',
        '    http://web.shop.svc.cluster.local/, inside the cluster, at node n1',
        '      Service shop/web',
        '',
        'Requests change in 2 ways: 1 reachability, 1 endpoints.',
        '',
      ].join('\n'),
    );
  });

  it('has one block for the rules of one change, and one for a Service that comes', () => {
    const rules = ingress('i', { '/': 'web', '/x': 'gone', '/y': 'gone' });
    const open = service('cart', { externalIPs: ['203.0.113.10'] });
    const comes = diff(
      given(...web, rules),
      given(service('web'), deployment('web'), open, deployment('cart'), rules),
    );
    expect(formatDiff(comes)).toContain(
      [
        '  503 BackendNotFound (shop/gone:80)',
        '  → shop/cart:80',
        '    http://203.0.113.10/x',
        '      before: Ingress shop/i spec.rules[0].http.paths[1]',
        '      after: Service shop/cart',
        '    at these addresses 1 more rule takes other requests, or did',
        '',
      ].join('\n'),
    );
    expect(formatMarkdown(comes)).toContain(
      '| `http://203.0.113.10/x`<br>at these addresses 1 more rule takes other requests, or did |',
    );
    expect(formatDiff(comes, undefined, { all: true })).toContain('http://203.0.113.10/y');
  });

  it('tells names that come, go and change in DNS', () => {
    const fixed = (clusterIP: string) => service('fixed', { clusterIP });
    const names = diff(
      given(fixed('10.0.0.1'), service('gone')),
      given(fixed('10.0.0.2'), service('new')),
    );
    const text = formatDiff({
      ...names,
      changes: [],
      dns: names.dns.filter(({ type }) => type === 'A'),
    });
    expect(text).toBe(
      [
        'DNS: names with other answers',
        '',
        '  ~ fixed.shop.svc.cluster.local  A  10.0.0.1 → 10.0.0.2',
        '  - gone.shop.svc.cluster.local   A  cluster IP',
        '  + new.shop.svc.cluster.local    A  cluster IP',
        '',
        'No request changes. 3 DNS answers change.',
        '',
      ].join('\n'),
    );
  });

  it('fits the terminal, and leaves URLs whole', () => {
    const lines = formatDiff(moved, { width: 40, colours: false }).split('\n');
    expect(lines.filter((line) => line.length > 40 && !line.includes('spec.rules'))).toEqual([]);
    expect(lines).toContain('    http://a.com/cart');
  });

  it('is coloured where the terminal is', () => {
    expect(formatDiff(moved, { width: 80, colours: true })).toContain('\u001B[31mshop/web:80');
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
