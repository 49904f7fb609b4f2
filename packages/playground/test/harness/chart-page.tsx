import { render, type JSX } from 'preact';

import { AnswerView } from '../../src/page/answer/answer-view.tsx';
import { ChartView } from '../../src/page/chart/chart-view.tsx';
import type { TrafficReport, View } from '../../src/protocol/report.ts';
import type { PodChanges } from '../../src/scenario/scenario.ts';
import { ANSWERS } from './answers.ts';
import { MANY } from './charts.ts';

const VIEWS = { ...ANSWERS, MANY: { ...ANSWERS.FORWARDED, chart: MANY } };

/** What a test does with the page. */
export interface ChartPage {
  readonly show: (shown: Partial<Shown>) => void;
  readonly tell: (report: TrafficReport) => void;
  /** Its callbacks that were called, by name, with what. */
  readonly calls: readonly (readonly unknown[])[];
}

export interface Shown {
  readonly view: keyof typeof VIEWS;
  readonly filter: string;
  readonly changes: PodChanges;
  readonly readOnly: boolean;
  /** Endpoints' cards in the opposite order. */
  readonly reversed: boolean;
  /** Endpoints' cards that aren't drawn. */
  readonly without: readonly string[];
}

let shown: Shown = {
  view: 'FORWARDED',
  filter: '',
  changes: { pods: {}, replicas: {} },
  readOnly: false,
  reversed: false,
  without: [],
};
const calls: (readonly unknown[])[] = [];
const listeners = new Set<(report: TrafficReport) => void>();

const called =
  (name: string) =>
  (...given: readonly unknown[]): void => {
    calls.push([name, ...given]);
  };

function subscribe(listener: (report: TrafficReport) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function viewOf({ view, reversed, without }: Shown): View {
  const { chart, ...rest } = VIEWS[view];
  const [doors, rules, services, endpoints] = chart.columns;
  const kept = endpoints.cards.filter(({ id }) => !without.includes(id));
  const cards = reversed ? kept.toReversed() : kept;
  return {
    ...rest,
    chart: { ...chart, columns: [doors, rules, services, { ...endpoints, cards }] },
  };
}

function Page(): JSX.Element {
  const view = viewOf(shown);
  const actions = shown.readOnly
    ? {}
    : { onPod: called('onPod'), onScale: called('onScale'), onLine: called('onLine') };
  return (
    <>
      <AnswerView view={view} />
      <ChartView
        chart={view.chart}
        changes={shown.changes}
        subscribe={subscribe}
        filter={shown.filter}
        onFilter={(filter) => {
          called('onFilter')(filter);
          show({ filter });
        }}
        {...actions}
      />
    </>
  );
}

function show(more: Partial<Shown>): void {
  shown = { ...shown, ...more };
  const root = document.querySelector('#root');
  if (root) render(<Page />, root);
}

const page: ChartPage = {
  show,
  tell: (report) => {
    for (const listener of listeners) listener(report);
  },
  calls,
};
Object.assign(globalThis, { chartPage: page });
show({});
