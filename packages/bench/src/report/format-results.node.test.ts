import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { SUITES } from '../suites/suites.ts';
import { formatResults } from './format-results.ts';
import { formatted } from './formatted.ts';
import type { Results, SuiteResults } from './results.ts';

const JSON_FILE = new URL('../../results.json', import.meta.url);
const PAGE = new URL('../../../../docs/reference/benchmarks.md', import.meta.url);

describe('the page of the benchmarks', () => {
  it('is what results.json says, of all suites', () => {
    const results: Results = JSON.parse(readFileSync(JSON_FILE, 'utf8'));
    expect(results.suites.map(({ name }) => name)).toEqual(SUITES.map(({ name }) => name));
    expect(readFileSync(PAGE, 'utf8')).toBe(formatted(formatResults(results), 'benchmarks.md'));
  });
});

const figure = (median: number) => ({ median, lowest: median, highest: median });

const SUITE: SuiteResults = {
  name: 'hosts',
  title: 'Hosts',
  about: 'Each on its own.',
  machine: { cpu: 'a CPU', cores: 2, memory: 8, node: 'v26.0.0', commit: 'abc', day: '2026-11-24' },
  tables: [
    {
      title: 'Requests',
      columns: [
        { name: 'GET', unit: '/s', better: 'higher' },
        { name: 'growth', unit: '', better: 'lower' },
      ],
      rows: [
        { subject: 'fetch', role: 'limit', figures: [figure(300), undefined] },
        {
          subject: 'ours on A',
          role: 'ours',
          figures: [{ median: 200, lowest: 190, highest: 210.5 }, figure(1.5)],
        },
        {
          subject: 'theirs on A',
          role: 'peer',
          version: '1.2.3',
          figures: [figure(50), figure(3)],
        },
        { subject: 'ours on B', role: 'ours', figures: [figure(100), figure(1)] },
        { subject: 'theirs on B', role: 'peer', figures: [figure(50), figure(3)] },
      ],
      goals: [
        { wanted: 'half the limit', measured: 0.6667, reached: true },
        { wanted: 'all of it', measured: 0.6667, reached: false },
      ],
      absent: [{ subject: 'nginx', why: 'not installed' }],
    },
  ],
};

describe('formatResults', () => {
  const page = formatResults({ suites: [SUITE] });

  it('gives a row its ratio to ours, to the last above it or to the first', () => {
    expect(page).toContain(`| fetch (the limit) | 300 × 1.50 | – |
| **ours on A** | 200 (190–211) | 1.50 |
| theirs on A 1.2.3 | 50.0 × 0.250 | 3.00 |
| **ours on B** | 100 | 1.00 |
| theirs on B | 50.0 × 0.500 | 3.00 |
`);
  });

  it('says which goals were reached, and how many of each suite', () => {
    expect(page).toContain('| Hosts | 1 of 2 |\n');
    expect(page).toContain(`| half the limit | 0.667 | reached |
| all of it | 0.667 | **not reached** |
`);
  });

  it('lists what was not to be had', () => {
    expect(page).toContain('Not measured here:\n\n- nginx: not installed\n');
  });
});
