import { describe, expect, test } from 'vitest';

import type { Card, Chart, Link } from '../../../protocol/chart.ts';
import { legsOf, linkKey } from './legs.ts';

const link = (from: string, to: string, lit = true): Link => ({
  from,
  to,
  label: '80',
  status: 'ready',
  lit,
});

const card = (id: string): Card => ({
  id,
  kind: 'Pod',
  title: id,
  lines: [],
  status: 'ready',
  lit: true,
});

const LINKS = [
  link('service', 'b'),
  link('rule', 'service'),
  link('door', 'rule'),
  link('other rule', 'service', false),
  link('service', 'a'),
  link('other service', 'c', false),
];

const CHART: Chart = {
  columns: [
    { kind: 'doors', cards: [], total: 0 },
    { kind: 'rules', cards: [], total: 0 },
    { kind: 'services', cards: [], total: 0 },
    { kind: 'endpoints', cards: ['a', 'b', 'c'].map(card), total: 3 },
  ],
  links: LINKS,
};

const forth = (from: string, to: string): { link: string; back: boolean } => ({
  link: linkKey(link(from, to)),
  back: false,
});
const DOOR_TO_SERVICE = [forth('door', 'rule'), forth('rule', 'service')];

describe('the way of a request that was sent', () => {
  test('is the lit one, to the endpoint that was tried', () => {
    expect(legsOf(CHART, ['b'])).toEqual([[...DOOR_TO_SERVICE, forth('service', 'b')]]);
  });

  test('goes back to the Service before the next try', () => {
    expect(legsOf(CHART, ['b', 'a'])).toEqual([
      [...DOOR_TO_SERVICE, forth('service', 'b')],
      [{ link: linkKey(link('service', 'b')), back: true }, forth('service', 'a')],
    ]);
  });

  test('ends where the lit way ends when no endpoint was tried', () => {
    expect(legsOf(CHART, [])).toEqual([DOOR_TO_SERVICE]);
  });

  test('ends at the Service when the endpoint is not drawn', () => {
    expect(legsOf(CHART, ['elsewhere'])).toEqual([DOOR_TO_SERVICE]);
  });

  test('is empty where nothing is lit', () => {
    expect(legsOf({ ...CHART, links: [] }, [])).toEqual([[]]);
  });

  test('ends even where links go round', () => {
    const links = [link('x', 'y'), link('y', 'z'), link('z', 'y')];
    expect(legsOf({ ...CHART, links }, [])[0]).toHaveLength(3);
  });
});
