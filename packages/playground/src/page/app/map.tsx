import type { DescribedRequest } from '@portolan/explain';
import { useEffect, useReducer } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import type { StartEngine } from '../../protocol/engine-port.ts';
import { NO_CHANGES } from '../../scenario/scenario.ts';
import { AnswerView } from '../answer/answer-view.tsx';
import { ChartView } from '../chart/chart-view.tsx';
import { RequestForm } from '../request/request-form.tsx';
import { EngineNotice } from './engine-notice.tsx';
import { ServedLine } from './served.tsx';
import { reduce, stateOf } from './state.ts';
import { useConversation } from './use-conversation.ts';
import { useLater } from './use-later.ts';
import { type AskSnapshot, useServed } from './use-served.ts';

export interface ServedMapProps {
  readonly startEngine: StartEngine;
  readonly snapshot: AskSnapshot;
  readonly every: number;
  readonly request: DescribedRequest | undefined;
}

/** How long after the last key in the form the request is asked, in milliseconds. */
const PAUSE = 120;

/** What a Worker serves, and the way that a request takes through it. Nothing can be changed here. */
export function ServedMap(props: ServedMapProps): JSX.Element {
  const { startEngine, snapshot, every, request: first = { url: '' } } = props;
  const [state, dispatch] = useReducer(reduce, undefined, () =>
    stateOf({ manifests: '', request: first, pods: NO_CHANGES }),
  );
  const { source, view } = state;
  const { request } = state.scenario;
  const engine = useConversation(startEngine, (report) => dispatch({ kind: 'reported', report }));
  const { say } = engine;
  const served = useServed(snapshot, every, (next) => say({ kind: 'show', snapshot: next }));

  useEffect(() => {
    const [url] = source?.urls ?? [];
    // Something is asked from the start, so that there is a way to see.
    if (request.url === '' && url !== undefined) dispatch({ kind: 'asked', request: { url } });
    // Only when another Snapshot came: somebody may be about to type another URL.
  }, [source]);
  useLater(request, PAUSE, () => {
    if (request !== first || request.url !== '') say({ kind: 'ask', request });
  });
  useLater(state.filter, PAUSE, (text) => say({ kind: 'filter', text }));

  return (
    <div class="p-root p-root--map" aria-busy={engine.busy}>
      <ServedLine served={served} source={source} />
      <EngineNotice
        busy={engine.busy}
        fault={state.fault}
        onRestart={() => {
          dispatch({ kind: 'restarted' });
          engine.restart();
        }}
      />
      <RequestForm
        request={request}
        source={source}
        fault={view?.fault}
        onRequest={(next) => dispatch({ kind: 'asked', request: next })}
        onAsk={() => say({ kind: 'ask', request })}
      />
      {view === undefined || source === undefined ? null : (
        <>
          <AnswerView view={view} />
          <ChartView
            chart={view.chart}
            filter={state.filter}
            onFilter={(text) => dispatch({ kind: 'filtered', text })}
          />
        </>
      )}
    </div>
  );
}
