import { describe, expect, it } from 'vitest';

import type { Specification } from '../specifications/specification.ts';
import { page, type TestResult } from './page.ts';

const harbour: Specification = {
  name: 'Harbour',
  document: 'The harbour rules',
  url: 'https://harbour.example/rules',
  sections: [
    { title: 'Berths' },
    {
      title: 'Tides',
      gaps: [
        {
          result: 'not provided',
          demand: 'ships leave with the tide',
          instead: 'there is no tide',
          see: 'docs/explanation/behaviour.md#manifests',
        },
      ],
    },
  ],
};

const berth: TestResult = {
  file: 'packages/conformance/src/harbour/berths.test.ts',
  clause: 'Harbour: Berths',
  title: 'a ship has a berth',
  results: { Node: 'passed', workerd: 'passed' },
};

describe('the page', () => {
  it('has a row for each test, with its result on each runtime', () => {
    const text = page(
      [harbour],
      [berth, { ...berth, title: 'or *none*', results: { Node: 'failed' } }],
    );
    expect(text).toContain(
      `### Berths

| [berths.test.ts](../../packages/conformance/src/harbour/berths.test.ts) | Node   | workerd |
| ----------------------------------------------------------------------- | ------ | ------- |
| a ship has a berth                                                      | passed | passed  |
| or \\*none\\*                                                             | failed | not run |
`,
    );
  });

  it('has a row for each gap, which says where it is decided', () => {
    expect(page([harbour], [berth])).toContain(
      '| ships leave with the tide | not provided | there is no tide ([see](../explanation/behaviour.md#manifests)) |',
    );
  });

  it('adds up the results of each specification', () => {
    const failed: TestResult = { ...berth, title: 'sinks', results: { Node: 'failed' } };
    expect(page([harbour], [berth, failed])).toMatch(
      /^\| \[Harbour\]\(#harbour\) +\| 2 +\| 1 +\| 0 +\| 1 +\|$/m,
    );
  });

  it('is the same whatever order the files come in', () => {
    const other = { ...berth, file: berth.file.replace('berths', 'a-berth') };
    expect(page([harbour], [berth, other])).toBe(page([harbour], [other, berth]));
  });

  it('is not made of a test that belongs to no section', () => {
    const stray = { ...berth, clause: 'Harbour: Piers' };
    expect(() => page([harbour], [berth, stray])).toThrow('Harbour: Piers is in no specification');
  });

  it('is not made where a section has neither a test nor a gap', () => {
    expect(() => page([harbour], [])).toThrow('no test of Harbour: Berths');
  });
});
