import { changedServices } from '@portolan/engine';
import { describe, expect, it } from 'vitest';

import { manyManifests, TEN_THOUSAND } from '../../../test/engine/many.ts';
import { CARDS } from '../../protocol/chart.ts';
import { Session } from './session.ts';

describe('10,000 objects', () => {
  const session = new Session();
  const report = session.take({ id: 1, kind: 'open', manifests: manyManifests(TEN_THOUSAND) });
  session.take({ id: 2, kind: 'ask', request: { url: 'http://h150.example/p7' } });

  it('are all read, and a column full of them is drawn', () => {
    expect(report?.counts).toEqual({ objects: 8200, rules: 2000, services: 3000, endpoints: 5000 });
    const { columns } = session.view().chart;
    expect(columns.map(({ cards }) => cards.length)).toEqual([CARDS, CARDS, CARDS, CARDS]);
    expect(columns.map(({ total }) => total)).toEqual([200, 2000, 3000, 5000]);
  });

  it('have the way of the request first, and what is next to it', () => {
    const { columns } = session.view().chart;
    const beginnings = columns.map(({ cards }) => cards.slice(0, 2).map(({ title }) => title));
    expect(beginnings.map((titles) => titles.toSorted())).toEqual([
      ['many/web-0', 'many/web-150'],
      ['h150.example/p0', 'h150.example/p7'],
      ['many/s1500', 'many/s1507'],
      ['p1507', 'p4507'],
    ]);
  });

  it('are found by their words, however far down', () => {
    session.take({ id: 3, kind: 'filter', text: 'app=a2999' });
    const [doors, , , endpoints] = session.view().chart.columns;
    expect(doors.cards).toEqual([]);
    expect(endpoints.cards.map(({ title }) => title)).toEqual(['p2999']);
  });

  it('have no more than one Service built anew when one of its Pods fails', () => {
    const before = session.source.snapshot();
    const pods = { 'many/p1507': { state: 'failing' } } as const;
    session.take({ id: 4, kind: 'change', pods: { pods, replicas: {} } });
    const after = session.source.snapshot();
    expect(after.routes).toBe(before.routes);
    expect(changedServices(before, after).map((change) => change.after?.name)).toEqual(['s1507']);
  });
});
