import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import type { Example } from '../../examples/example.ts';
import type { StartEngine } from '../../protocol/engine-port.ts';
import { AnswerView } from '../answer/answer-view.tsx';
import { ChartView } from '../chart/chart-view.tsx';
import type { CodeEditor } from '../editor/code-mirror.ts';
import { DropZone, FileButton } from '../editor/drop-zone.tsx';
import { Editor } from '../editor/editor.tsx';
import { Findings, sumOf } from '../editor/findings.tsx';
import { RequestForm } from '../request/request-form.tsx';
import { countsText } from './counts.ts';
import { EngineNotice } from './engine-notice.tsx';
import { ExamplePicker } from './example-picker.tsx';
import type { Linked } from './link.ts';
import { NoticeLine } from './notice-line.tsx';
import { openedBy, openedByFiles, openedByLink } from './opened.ts';
import { Share } from './share.tsx';
import { type Action, changeCount, reduce, type State, stateOf } from './state.ts';
import { TrafficControl } from './traffic-control.tsx';
import { useConversation } from './use-conversation.ts';
import { useLater } from './use-later.ts';
import { useLink } from './use-link.ts';
import { useMedia } from './use-media.ts';

/** How long after the last key in the form the request is asked, in milliseconds. */
const PAUSE = 120;
/** Where the manifests stand beside the drawing, as the style sheet has it; elsewhere the drawing, which one came for, is above. */
const WIDE = '(min-width: 64rem)';

export interface PlaygroundProps {
  readonly startEngine: StartEngine;
  readonly examples: readonly Example[];
  /** What the page's address asked for when it was opened. */
  readonly linked: Linked;
  readonly docs: string | undefined;
}

/** Manifests on one side; on the other a request, its answer, and the way it takes, drawn. */
export function Playground({ startEngine, examples, linked, docs }: PlaygroundProps): JSX.Element {
  const [state, dispatch] = useReducer(reduce, undefined, () => firstState(examples, linked));
  const { scenario, source, view } = state;
  const { manifests, request, pods } = scenario;
  const [editor, setEditor] = useState<CodeEditor>();
  const pane = useRef<HTMLElement>(null);
  const wide = useMedia(WIDE);
  const engine = useConversation(startEngine, (report) => dispatch({ kind: 'reported', report }));
  const { say } = engine;

  useEffect(() => say({ kind: 'open', manifests }), [say, manifests]);
  useEffect(() => say({ kind: 'change', pods }), [say, pods]);
  useLater(request, PAUSE, () => say({ kind: 'ask', request }));
  useLater(state.filter, PAUSE, (text) => say({ kind: 'filter', text }));
  /** What was typed last isn't known yet, and has to be what can be had back. */
  const open = (action: Action): void => {
    editor?.handOn();
    dispatch(action);
  };
  const link = useLink(scenario, (other) => open(openedByLink(other)));

  const goTo = (line: number, column?: number): void => {
    pane.current?.scrollIntoView({ block: 'nearest' });
    editor?.goTo(line, column);
  };
  const files = {
    onFiles: (text: string, names: readonly string[]) => open(openedByFiles(text, names, scenario)),
    onFault: (text: string) => dispatch({ kind: 'noticed', notice: { text, tone: 'wrong' } }),
  };
  const changes = changeCount(pods);
  const findings = source?.findings ?? NO_FINDINGS;

  // In the order in which they are seen: the keyboard goes from one to the next.
  const textPane = (
    <section key="text" class="p-pane p-pane--text" aria-labelledby="p-manifests" ref={pane}>
      <div class="p-pane__head">
        <h2 class="p-title" id="p-manifests">
          Manifests
        </h2>
        <p class="p-counts">
          {source === undefined ? 'Reading…' : countsText(source.counts)}
          {findings.length > 0 && <b class="p-counts__findings">{sumOf(findings)}</b>}
        </p>
      </div>
      <DropZone {...files}>
        <Editor
          text={manifests}
          opened={state.opened}
          findings={findings}
          docs={docs}
          onText={(text) => dispatch({ kind: 'typed', manifests: text })}
          onEditor={setEditor}
        />
      </DropZone>
      <Findings findings={findings} docs={docs} onPlace={goTo} />
    </section>
  );
  const wayPane = (
    <div key="way" class="p-pane p-pane--way">
      <RequestForm
        request={request}
        source={source}
        fault={view?.fault}
        onRequest={(next) => dispatch({ kind: 'asked', request: next })}
        onAsk={() => say({ kind: 'ask', request })}
      />
      {view === undefined ? null : (
        <>
          <AnswerView view={view} />
          <div class="p-tools">
            <TrafficControl engine={engine} possible={view.answer !== undefined} />
            <button
              type="button"
              class="p-button"
              disabled={changes === 0}
              onClick={() => dispatch({ kind: 'reset pods' })}
            >
              Reset Pods
            </button>
          </div>
          <ChartView
            chart={view.chart}
            changes={pods}
            subscribe={engine.subscribe}
            onPod={(key, change) => dispatch({ kind: 'pod', key, change })}
            onScale={(workload, replicas) => dispatch({ kind: 'scaled', workload, replicas })}
            onLine={goTo}
            filter={state.filter}
            onFilter={(text) => dispatch({ kind: 'filtered', text })}
          />
        </>
      )}
    </div>
  );

  return (
    <div class="p-root" aria-busy={engine.busy}>
      <div class="p-bar">
        <ExamplePicker
          examples={examples}
          scenario={scenario}
          onExample={(example) => open(openedBy(example, examples))}
        />
        {wide ? null : (
          <button type="button" class="p-button" onClick={() => goTo(1)}>
            Edit manifests
          </button>
        )}
        <FileButton {...files} />
        <Share scenario={scenario} link={link} />
      </div>
      <NoticeLine
        notice={state.notice}
        onUndo={() => open({ kind: 'taken back' })}
        onRead={() => dispatch({ kind: 'read' })}
      />
      <EngineNotice
        busy={engine.busy}
        fault={state.fault}
        onRestart={() => {
          dispatch({ kind: 'restarted' });
          engine.restart();
        }}
      />
      <div class="p-panes">{wide ? [textPane, wayPane] : [wayPane, textPane]}</div>
    </div>
  );
}

const NO_FINDINGS = [] as const;

function firstState(examples: readonly Example[], linked: Linked): State {
  const first = examples[0]?.scenario ?? EMPTY;
  if (linked.kind === 'none') return stateOf(first);
  if (linked.kind === 'scenario') return stateOf(linked.scenario);
  return reduce(stateOf(first), openedByLink(linked));
}

const EMPTY = {
  manifests: '',
  request: { url: 'http://shop.example/' },
  pods: { pods: {}, replicas: {} },
};
