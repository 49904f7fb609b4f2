import type { JSX } from 'preact';

import type { Card } from '../../protocol/chart.ts';
import type { PodChange } from '../../scenario/scenario.ts';
import { Breakable } from './breakable.tsx';
import type { ChartActions } from './chart-view.tsx';
import { Glyph, Mark } from './glyph.tsx';
import { PodPanel } from './pod/pod-panel.tsx';
import { Replicas } from './pod/replicas.tsx';
import { CardTraffic } from './traffic/card-traffic.tsx';
import type { Traffic } from './traffic/use-traffic.ts';
import { STATE_WORDS, STATUS_WORDS } from './words.ts';

export interface CardViewProps {
  readonly card: Card;
  /** What its links say. */
  readonly leadsTo: string | undefined;
  readonly traffic: Traffic | undefined;
  readonly change: PodChange | undefined;
  readonly actions: ChartActions;
}

export function CardView({ card, leadsTo, traffic, change, actions }: CardViewProps): JSX.Element {
  const { id, kind, title, lines, status, reason, lit, lost, line, pod } = card;
  const changeable = pod !== undefined && actions.onPod !== undefined;
  return (
    <li
      class={`pc-card pc-${status}${lit ? ' pc-lit' : ''}${lost === undefined ? '' : ' pc-lost'}`}
      data-card={id}
    >
      <div class="pc-card-head">
        <div class="pc-name">
          <Glyph kind={kind} />
          <Title title={title} line={line} onLine={actions.onLine} />
        </div>
        <span class="pc-status">
          <Mark status={status} />
          <span class={status === 'ready' ? 'pc-unseen' : ''}>{STATUS_WORDS[status]}</span>
        </span>
      </div>
      {lines.map((text) => (
        <p key={text} class="pc-line">
          {text}
        </p>
      ))}
      {lit && <p class="pc-way">on the way</p>}
      {pod?.state !== undefined && <p class="pc-state">{STATE_WORDS[pod.state]}</p>}
      {lost !== undefined && (
        <p class="pc-why">
          <b>{kind === 'Rule' ? 'lost:' : 'may not answer:'}</b> {lost}
        </p>
      )}
      {reason !== undefined && reason !== lost && <p class="pc-why">{reason}</p>}
      {leadsTo !== undefined && <p class="pc-unseen">leads to {leadsTo}</p>}
      {traffic && <CardTraffic card={id} lit={lit} traffic={traffic} />}
      {card.workload && actions.onScale && (
        <Replicas
          workload={card.workload.key}
          replicas={card.workload.replicas}
          onScale={actions.onScale}
        />
      )}
      {changeable && <PodPanel pod={pod} change={change} actions={actions} />}
    </li>
  );
}

interface TitleProps {
  readonly title: string;
  readonly line: number | undefined;
  readonly onLine: ChartActions['onLine'];
}

/** A button where it can show its line. */
function Title({ title, line, onLine }: TitleProps): JSX.Element {
  if (line === undefined || onLine === undefined)
    return (
      <span class="pc-title">
        <Breakable name={title} />
      </span>
    );
  return (
    <button
      type="button"
      class="pc-title"
      title={`Line ${line}`}
      onClick={() => {
        onLine(line);
      }}
    >
      <Breakable name={title} />
      <span class="pc-unseen">(line {line})</span>
    </button>
  );
}
