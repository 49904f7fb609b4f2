import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { accessLogLine, createMetrics } from '@portolan/telemetry';
import { describe, expect, it } from 'vitest';

import { answered, refused } from './exchange.ts';
import { parseExposition } from './parse-exposition.ts';

/** The cells of each row of a page's table whose first heading is `heading`. */
function tableOf(name: string, heading: string): readonly (readonly string[])[] {
  const page = readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8');
  const [, rows = ''] =
    new RegExp(`^\\| ${heading} .*\\n.*\\n((?:\\|.*\\n)+)`, 'm').exec(page) ?? [];
  return rows
    .trimEnd()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', ''))
        .slice(1, -1),
    );
}

describe('docs/how-to/observability.md', () => {
  it('names every field of the access log, in the order in which they come', () => {
    const { failure } = refused;
    const line: object = JSON.parse(accessLogLine({ ...answered, failure }));
    expect(tableOf('how-to/observability.md', 'field').map(([name]) => name)).toEqual(
      Object.keys(line),
    );
  });
});

describe('docs/reference/metrics.md', () => {
  it('names every metric, with its type and its labels', () => {
    const metrics = createMetrics({
      snapshot: () => ({ version: 'v', source: 'kv', checkedAt: 0 }),
      endpoints: () => [
        { service: 's', endpoint: 'e', requests: 0, isEjected: false, isUnhealthy: false },
      ],
    });
    metrics.observe({ ...answered, failure: refused.failure });
    const exposed = parseExposition(metrics.text()).map(({ name, type, samples }) => {
      const labels = Object.keys(samples[0]?.labels ?? {}).filter((label) => label !== 'le');
      return [name, type, labels.join(', ')];
    });
    const shown = tableOf('reference/metrics.md', 'metric');
    expect(shown.map(([name, type, , labels]) => [name, type, labels])).toEqual(exposed);
  });
});
