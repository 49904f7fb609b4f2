import { describe, expect, it } from 'vitest';

import { SHOP } from '../../test/engine/shop.ts';
import type { Command } from '../protocol/command.ts';
import type { EnginePort } from '../protocol/engine-port.ts';
import type { Report } from '../protocol/report.ts';
import { NO_CHANGES } from '../scenario/scenario.ts';
import { createEngine } from './engine.ts';

const ASK = { kind: 'ask', request: { url: 'http://shop.example/cart' } } as const;

describe('an engine', () => {
  it('says of manifests first what they are, then what becomes of the request', () => {
    const { run, send } = started();
    send({ id: 1, kind: 'open', manifests: SHOP });
    expect(run().map(({ kind }) => kind)).toEqual(['source', 'view']);
  });

  it('answers nothing before it has taken in what was sent', () => {
    const { send, told } = started();
    send({ id: 1, ...ASK });
    expect(told).toEqual([]);
  });

  it('answers all that waits with one view, which names the last of it', () => {
    const { run, send } = started();
    send({ id: 1, kind: 'open', manifests: SHOP });
    send({ id: 2, kind: 'change', pods: NO_CHANGES });
    send({ id: 3, ...ASK });
    expect(run().map(nameOf)).toEqual(['source 1', 'view 3']);
  });

  it('names the last command also where an earlier kind came later', () => {
    const { run, send } = started();
    send({ id: 1, ...ASK });
    send({ id: 2, kind: 'open', manifests: SHOP });
    expect(run().map(nameOf)).toEqual(['source 2', 'view 2']);
  });

  it('passes over what a later command stands in place of', () => {
    const { run, send } = started();
    send({ id: 1, kind: 'open', manifests: 'kind: [' });
    send({ id: 2, ...ASK });
    send({ id: 3, kind: 'open', manifests: SHOP });
    send({ id: 4, kind: 'ask', request: { url: 'http://shop.example/old' } });
    const reports = run();
    expect(reports.map(nameOf)).toEqual(['source 3', 'view 4']);
    expect(reports[1]).toMatchObject({ answer: { explanation: { reason: 'BackendNotFound' } } });
  });

  it('works one step at a time, so that more can arrive between', () => {
    const { step, send, told } = started();
    send({ id: 1, kind: 'open', manifests: SHOP });
    send({ id: 2, ...ASK });
    step();
    expect(told.map(nameOf)).toEqual(['source 1']);
    send({ id: 3, kind: 'ask', request: { url: 'http://shop.example/old' } });
    step();
    expect(told.map(nameOf)).toEqual(['source 1', 'view 3']);
  });

  it('tells a fault of its own, and goes on', () => {
    const { run, send } = started();
    // Not a Snapshot: a page of another version may send anything.
    const snapshot = JSON.parse('{"format": 4}');
    send({ id: 1, kind: 'show', snapshot });
    send({ id: 2, kind: 'open', manifests: SHOP });
    send({ id: 3, kind: 'show', snapshot });
    const [fault, view] = run();
    expect(fault).toMatchObject({ kind: 'fault', for: 3 });
    expect(view).toMatchObject({ kind: 'view', for: 3 });
    send({ id: 4, kind: 'open', manifests: SHOP });
    expect(run().map(nameOf)).toEqual(['source 4', 'view 4']);
  });

  it('tells nothing once it is closed', () => {
    const { run, send, engine } = started();
    send({ id: 1, ...ASK });
    engine.close();
    expect(run()).toEqual([]);
    send({ id: 2, ...ASK });
    expect(run()).toEqual([]);
  });

  it('works by itself where nobody says when', async () => {
    const told = await new Promise<Report>((resolve) => {
      createEngine(resolve).send({ id: 1, ...ASK });
    });
    expect(nameOf(told)).toBe('view 1');
  });

  it('reports what can be handed from a Worker to its page', () => {
    const { run, send } = started();
    send({ id: 1, kind: 'open', manifests: SHOP });
    send({ id: 2, ...ASK });
    const reports = run();
    expect(structuredClone(reports)).toEqual(reports);
  });
});

describe('traffic', () => {
  it('goes to the cards that are lit', async () => {
    const chart = { lit: new Set<string>() };
    const sent = await new Promise<readonly string[]>((resolve) => {
      const engine = createEngine((report) => {
        if (report.kind === 'view') {
          const [, , , { cards }] = report.chart.columns;
          chart.lit = new Set(cards.flatMap(({ id, lit }) => (lit ? id : [])));
        } else if (report.kind === 'traffic') {
          engine.close();
          resolve(report.sent.flatMap(({ tried }) => tried));
        }
      });
      engine.send({ id: 1, kind: 'open', manifests: SHOP });
      engine.send({ id: 2, ...ASK });
      engine.send({ id: 3, kind: 'traffic', rate: 50 });
    });
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter((id) => !chart.lit.has(id))).toEqual([]);
  });
});

/** An engine that works when it is told to. */
function started(): {
  readonly engine: EnginePort;
  readonly told: readonly Report[];
  readonly send: (command: Command) => void;
  readonly step: () => void;
  /** Steps as long as there is something to do, and gives what has been told since it was called last. */
  readonly run: () => readonly Report[];
} {
  const told: Report[] = [];
  const due: (() => void)[] = [];
  const engine = createEngine((report) => told.push(report), { later: (run) => due.push(run) });
  const step = (): void => due.shift()?.();
  let read = 0;
  return {
    engine,
    told,
    send: engine.send,
    step,
    run: () => {
      while (due.length > 0) step();
      const fresh = told.slice(read);
      read = told.length;
      return fresh;
    },
  };
}

function nameOf(report: Report): string {
  return 'for' in report ? `${report.kind} ${report.for}` : report.kind;
}
