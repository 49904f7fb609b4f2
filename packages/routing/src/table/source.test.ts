import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sourceOf, writeSource } from './source.ts';

const RULE = { source: 0, field: 'spec.rules[0]', host: 0, action: 0 };

describe('a source', () => {
  it('is written as it is spoken of', () => {
    const ingress = { kind: 'Ingress', namespace: 'shop', name: 'web' };
    expect(writeSource(ingress)).toBe('Ingress shop/web');
    const creationTimestamp = '2026-03-01T00:00:00Z';
    expect(writeSource({ ...ingress, creationTimestamp })).toBe(
      'Ingress shop/web 2026-03-01T00:00:00Z',
    );
  });

  it('is read as it was written', () => {
    const text = fc.stringMatching(/^[^ /]*$/);
    const source = fc.record(
      { kind: text, namespace: text, name: text, creationTimestamp: fc.string() },
      { requiredKeys: ['kind', 'namespace', 'name'] },
    );
    fc.assert(
      fc.property(source, (given) => {
        expect(sourceOf({ sources: [writeSource(given)] }, RULE)).toEqual(given);
      }),
    );
  });

  it('is asked for in vain where there is none', () => {
    expect(() => sourceOf({ sources: [] }, RULE)).toThrow(RangeError);
  });
});
