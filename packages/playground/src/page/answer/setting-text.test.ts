import type { ExplainedSetting } from '@portolan/explain';
import { describe, expect, test } from 'vitest';

import { annotationOf, valueOf } from './setting-text.ts';

const by = { kind: 'Service', namespace: 'shop', name: 'cart' };
const setting = (
  name: ExplainedSetting['name'],
  value: ExplainedSetting['value'],
): ExplainedSetting => ({ name, value, by });

describe('a setting for people', () => {
  test('is called as its annotation is', () => {
    expect(annotationOf(setting('firstByteTimeout', 1))).toBe('portolan.dev/first-byte-timeout');
  });

  test.each([
    [setting('firstByteTimeout', 10_000), '10 s'],
    [setting('healthTimeout', 1500), '1500 ms'],
    [setting('idleTimeout', 0), '0 ms'],
    [setting('retryBodyLimit', 65_536), '64 KiB'],
    [setting('bodyLimit', 1000), '1000 B'],
    [setting('ejectionMaxPercent', 50), '50 %'],
    [setting('retries', 2), '2'],
    [setting('retryOn', [502, 503]), '502, 503'],
    [setting('retryOn', []), 'none'],
    [setting('loadBalancing', 'Maglev'), 'Maglev'],
    [setting('hashKey', { type: 'Header', name: 'x-user' }), 'Header x-user'],
    [setting('hashKey', { type: 'ClientAddress' }), 'ClientAddress'],
  ])('%j has its value with its unit: %s', (each, text) => {
    expect(valueOf(each)).toBe(text);
  });
});
