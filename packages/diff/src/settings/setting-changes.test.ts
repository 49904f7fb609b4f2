import { describe, expect, it } from 'vitest';

import schema from '../../schema/diff.schema.json' with { type: 'json' };
import type { Manifest } from '../../test/manifests.ts';
import { deployment, given, ingress, pod, service } from '../../test/objects.ts';
import { faults } from '../../test/schema.ts';
import type { Diff } from '../diff/diff-result.ts';
import { diff } from '../diff/diff.ts';
import { formatDiff } from '../format/format-diff.ts';
import { formatMarkdown } from '../format/format-markdown.ts';

/** With `portolan.dev/` before each name. */
function annotated(object: Manifest, annotations: Readonly<Record<string, string>>): Manifest {
  const ours = Object.entries(annotations).map(([name, value]) => [`portolan.dev/${name}`, value]);
  const added = { annotations: Object.fromEntries(ours) };
  return { ...object, metadata: Object.assign({}, object['metadata'], added) };
}

const RULES = ingress('web', { '/': 'cart' }, { host: 'shop.example' });

function between(
  [service1, ingress1]: readonly Readonly<Record<string, string>>[],
  [service2, ingress2]: readonly Readonly<Record<string, string>>[],
): Diff {
  const side = (
    ofService: Readonly<Record<string, string>> = {},
    ofIngress: Readonly<Record<string, string>> = {},
  ) =>
    given(annotated(service('cart'), ofService), deployment('cart'), annotated(RULES, ofIngress));
  return diff(side(service1, ingress1), side(service2, ingress2));
}

describe('what annotations say otherwise', () => {
  const result = between(
    [{ retries: '2', 'first-byte-timeout': '10s', 'load-balancing': 'Random' }, { retries: '1' }],
    [{ retries: '0', 'load-balancing': 'Random', 'retry-on': '502,503' }],
  );

  it('is told of each object, with what it said before', () => {
    expect(result).toMatchObject({ changes: [], dns: [], complete: true });
    expect(result.settings).toEqual([
      { object: 'Ingress shop/web', name: 'retries', before: 1 },
      { object: 'Service shop/cart', name: 'firstByteTimeout', before: 10_000 },
      { object: 'Service shop/cart', name: 'retries', before: 2, after: 0 },
      { object: 'Service shop/cart', name: 'retryOn', after: [502, 503] },
    ]);
    expect(faults(result, schema)).toEqual([]);
  });

  it('is put into words', () => {
    expect(formatDiff(result)).toBe(
      [
        'Settings: requests are treated otherwise on their way',
        '',
        '  Ingress shop/web   portolan.dev/retries             1 → not set',
        '  Service shop/cart  portolan.dev/first-byte-timeout  10s → not set',
        '  Service shop/cart  portolan.dev/retries             2 → 0',
        '  Service shop/cart  portolan.dev/retry-on            not set → 502, 503',
        '',
        'No request changes. 4 settings change.',
        '',
      ].join('\n'),
    );
    expect(formatMarkdown(result)).toContain(
      '| `Service shop/cart` | `portolan.dev/first-byte-timeout` | `10s → not set` |',
    );
  });

  it('is nothing where it is written otherwise and means the same', () => {
    expect(between([{ 'idle-timeout': '90s' }], [{ 'idle-timeout': '1m30s' }]).settings).toEqual(
      [],
    );
    expect(between([{ retries: 'many' }], [{}]).settings).toEqual([]);
  });

  it('is not told of an object that only one side has', () => {
    const strict = annotated(service('cart'), { retries: '0' });
    expect(diff(given(), given(strict)).settings).toEqual([]);
    expect(diff(given(strict), given()).settings).toEqual([]);
  });
});

describe('another weight of a Pod', () => {
  const weighing = (weight: string) =>
    given(
      service('cart'),
      annotated(pod('cart', 'cart-0', '10.1.0.1'), { weight }),
      pod('cart', 'cart-1', '10.1.0.2'),
      RULES,
    );

  it('is a change of endpoints', () => {
    const { changes } = diff(weighing('1'), weighing('3'));
    expect(changes[0]).toMatchObject({
      kinds: ['endpoints'],
      before: { backends: [{ endpoints: ['10.1.0.1:8080', '10.1.0.2:8080'] }] },
      after: { backends: [{ endpoints: ['10.1.0.1:8080 (weight 3)', '10.1.0.2:8080'] }] },
    });
  });
});
