import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

import type { Column } from '../../protocol/chart.ts';
import type { PodChanges } from '../../scenario/scenario.ts';
import { CardView } from './card-view.tsx';
import type { ChartActions } from './chart-view.tsx';
import type { Traffic } from './traffic/use-traffic.ts';
import { COLUMN_WORDS, drawnText, NONE_WORDS } from './words.ts';

export interface ColumnViewProps {
  readonly column: Column;
  /** Only some were asked for. */
  readonly filtered: boolean;
  readonly leadsTo: ReadonlyMap<string, string>;
  readonly traffic: Traffic | undefined;
  readonly changes: PodChanges | undefined;
  readonly actions: ChartActions;
}

export function ColumnView(props: ColumnViewProps): JSX.Element {
  const { column, filtered, leadsTo, traffic, changes, actions } = props;
  const heading = useId();
  return (
    <section class="pc-column" aria-labelledby={heading}>
      <h3 id={heading} tabIndex={-1}>
        {COLUMN_WORDS[column.kind]} <span class="pc-count">{drawnText(column)}</span>
      </h3>
      {column.cards.length === 0 && (
        <p class="pc-none">{filtered ? 'None with these words.' : NONE_WORDS[column.kind]}</p>
      )}
      <ol class="pc-cards">
        {column.cards.map((card) => (
          <CardView
            key={card.id}
            card={card}
            leadsTo={leadsTo.get(card.id)}
            traffic={column.kind === 'endpoints' ? traffic : undefined}
            change={card.pod && changes?.pods[card.pod.key]}
            actions={actions}
          />
        ))}
      </ol>
    </section>
  );
}
