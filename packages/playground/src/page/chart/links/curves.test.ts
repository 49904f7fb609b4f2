import { describe, expect, test } from 'vitest';

import type { Card, Chart, Link } from '../../../protocol/chart.ts';
import { endOf, type Box } from '../geometry/curve.ts';
import { linkKey } from '../traffic/legs.ts';
import { curvesOf, isStacked } from './curves.ts';

const link = (from: string, to: string, lit: boolean): Link => ({
  from,
  to,
  label: '',
  status: 'ready',
  lit,
});
const card = (id: string): Card => ({
  id,
  kind: 'Rule',
  title: id,
  lines: [],
  status: 'ready',
  lit: false,
});

const LIT = link('door', 'rule', true);
const UNLIT = link('frontend', 'service', false);
const CHART: Chart = {
  columns: [
    { kind: 'doors', cards: [card('door'), card('frontend')], total: 2 },
    { kind: 'rules', cards: [card('rule')], total: 1 },
    { kind: 'services', cards: [card('service')], total: 1 },
    { kind: 'endpoints', cards: [], total: 0 },
  ],
  links: [LIT, UNLIT, link('rule', 'not there', true)],
};
const box = (left: number, top: number): Box => ({ left, top, width: 100, height: 60 });

describe('the course of links', () => {
  const sideBySide = new Map([
    ['door', box(0, 0)],
    ['frontend', box(0, 60)],
    ['rule', box(200, 0)],
    ['service', box(400, 0)],
  ]);

  test('is between the cards that have a place', () => {
    const curves = curvesOf(CHART, sideBySide);
    expect([...curves.keys()]).toEqual([linkKey(LIT), linkKey(UNLIT)]);
  });

  test('goes past the cards of a column that it skips', () => {
    const curve = curvesOf(CHART, sideBySide).get(linkKey(UNLIT));
    expect(curve?.map(([, , , { y }]) => y)).toEqual([68, 68, 20]);
  });

  test('is along a rail, and only of the lit ones, where the columns are below one another', () => {
    const boxes = new Map([
      ['door', box(20, 0)],
      ['frontend', box(20, 80)],
      ['rule', box(20, 200)],
      ['service', box(20, 400)],
    ]);
    const curves = curvesOf(CHART, boxes);
    expect([...curves.keys()]).toEqual([linkKey(LIT)]);
    const curve = curves.get(linkKey(LIT));
    expect(curve && endOf(curve)).toEqual({ x: 20, y: 220 });
  });
});

test('columns are below one another where they begin equally far left', () => {
  expect(isStacked([[box(20, 0)], [], [box(20.4, 90)]])).toBe(true);
  expect(isStacked([[box(20, 0)], [box(220, 0)]])).toBe(false);
  expect(isStacked([[box(20, 0)], []])).toBe(false);
});
