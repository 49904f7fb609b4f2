import type { JSX } from 'preact';
import { useId, useMemo, useRef } from 'preact/hooks';

import type { Chart } from '../../protocol/chart.ts';
import type { TrafficReport } from '../../protocol/report.ts';
import type { PodChange, PodChanges } from '../../scenario/scenario.ts';
import { Announcer } from '../answer/announcer.tsx';
import { ColumnView } from './column-view.tsx';
import { Filter } from './filter.tsx';
import { useKeptFocus } from './kept-focus.ts';
import type { Curves } from './links/curves.ts';
import { Links } from './links/links.tsx';
import { Dots } from './traffic/dots.tsx';
import { TrafficSummary } from './traffic/traffic-summary.tsx';
import { useTraffic } from './traffic/use-traffic.ts';
import { COLUMN_WORDS, drawnText } from './words.ts';

/** What can be done with cards. What isn't given can't be done, and nothing offers it. */
export interface ChartActions {
  /**
   * A Pod is to be changed: all that is to hold for it from now on; undefined: it is as the manifests have it.
   *
   * @param key `namespace/name`
   */
  readonly onPod?: (key: string, change: PodChange | undefined) => void;
  /**
   * A workload is to have another number of Pods, 0 to 50.
   *
   * @param workload `Kind namespace/name`
   */
  readonly onScale?: (workload: string, replicas: number) => void;
  /** The line of the manifests where something is, from 1, is to be shown. */
  readonly onLine?: (line: number) => void;
}

export interface ChartViewProps extends ChartActions {
  readonly chart: Chart;
  /** What was changed so far: so that one change of a Pod keeps the others. */
  readonly changes?: PodChanges;
  /** Listens for what becomes of requests that are sent; returns what ends that. The same function at every rendering. */
  readonly subscribe?: (listener: (report: TrafficReport) => void) => () => void;
  readonly filter: string;
  readonly onFilter: (text: string) => void;
}

/** The drawing: four columns of cards, links between them, and the way of the request lit. */
export function ChartView(props: ChartViewProps): JSX.Element {
  const { chart, changes, subscribe, filter, onFilter } = props;
  const heading = useId();
  const stage = useRef<HTMLDivElement>(null);
  const curves = useRef<Curves>(new Map());
  const traffic = useTraffic(subscribe);
  useKeptFocus(stage);
  const leadsTo = useMemo(() => leadsToOf(chart), [chart]);
  const filtered = filter.trim() !== '';
  return (
    <section class="p-chart" aria-labelledby={heading}>
      <div class="pc-head">
        <h2 id={heading}>The way of the request</h2>
        <TrafficSummary traffic={traffic} />
        <Filter text={filter} onText={onFilter} />
      </div>
      <div class="pc-stage" ref={stage}>
        <Links chart={chart} stage={stage} curves={curves} />
        {subscribe && <Dots chart={chart} curves={curves} subscribe={subscribe} />}
        {chart.columns.map((column) => (
          <ColumnView
            key={column.kind}
            column={column}
            filtered={filtered}
            leadsTo={leadsTo}
            traffic={traffic}
            changes={changes}
            actions={props}
          />
        ))}
      </div>
      <Announcer text={filtered ? filteredText(chart) : ''} after={1000} />
    </section>
  );
}

/** How many cards a card leads to that are named one by one. */
const NAMED = 3;

/** What the links say, for those who don't see them: by a card's id. */
function leadsToOf({ columns, links }: Chart): ReadonlyMap<string, string> {
  const titles = new Map(columns.flatMap(({ cards }) => cards.map(({ id, title }) => [id, title])));
  const targets = Map.groupBy(links, ({ from }) => from);
  return new Map(
    [...targets].map(([from, to]) => {
      const named = to.slice(0, NAMED).map((link) => `${titles.get(link.to) ?? ''} ${link.label}`);
      const more = to.length - named.length;
      return [from, [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')];
    }),
  );
}

function filteredText({ columns }: Chart): string {
  const counts = columns.map((column) => `${COLUMN_WORDS[column.kind]}: ${drawnText(column)}`);
  return `Drawn: ${counts.join('; ')}`;
}
