import { describe, expect, it } from 'vitest';

import { sumOf } from '../editor/findings.tsx';
import { ageText } from './age.ts';
import { countsText } from './counts.ts';

describe('counts', () => {
  it('are of objects, rules, Services and endpoints, one of each in the singular', () => {
    expect(countsText({ objects: 10_214, rules: 35, services: 12, endpoints: 0 })).toBe(
      '10,214 objects, 35 rules, 12 Services, 0 endpoints',
    );
    expect(countsText({ objects: 1, rules: 1, services: 1, endpoints: 1 })).toBe(
      '1 object, 1 rule, 1 Service, 1 endpoint',
    );
  });

  it('are of no objects where a Snapshot is drawn', () => {
    expect(countsText({ rules: 2, services: 1, endpoints: 3 })).toBe(
      '2 rules, 1 Service, 3 endpoints',
    );
  });

  it('of findings go by severity, the worst first', () => {
    expect(sumOf([{ severity: 'notice' }, { severity: 'error' }, { severity: 'notice' }])).toBe(
      '1 error, 2 notices',
    );
    expect(sumOf([])).toBe('Nothing found.');
  });
});

describe('an age', () => {
  it.each([
    [0, 'just now'],
    [40_000, '40 seconds ago'],
    [180_000, '3 minutes ago'],
    [7_200_000, '2 hours ago'],
    [259_200_000, '3 days ago'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(ageText(milliseconds)).toBe(text);
  });
});
