import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

import type { Answer, View } from '../../protocol/report.ts';
import { Announcer } from './announcer.tsx';
import { Endpoints } from './endpoints.tsx';
import { factsOf, outcomeOf } from './facts.ts';
import { FullText } from './full-text.tsx';
import { Headers, Settings } from './settings.tsx';

export interface AnswerViewProps {
  readonly view: View;
}

/** What becomes of the request, in words: the drawing's text alternative, and more than it has room for. */
export function AnswerView({ view: { answer, fault } }: AnswerViewProps): JSX.Element {
  const heading = useId();
  return (
    <section class="p-answer" aria-labelledby={heading}>
      <h2 id={heading} class="pc-unseen">
        Answer
      </h2>
      {fault && (
        <p class="pa-fault">
          <strong>This is no request.</strong> {fault.message}
        </p>
      )}
      {answer && <Told answer={answer} />}
      <Announcer text={fault?.message ?? answer?.sentence ?? ''} />
    </section>
  );
}

function Told({
  answer: { explanation, sentence, text },
}: {
  readonly answer: Answer;
}): JSX.Element {
  const { tone, words } = outcomeOf(explanation);
  const { endpoints, excluded = [], settings = [], headers } = explanation;
  return (
    <>
      <p class="pa-sentence">
        <span class={`pa-outcome pa-${tone}`}>{words}</span> {sentence}
      </p>
      <dl class="pa-facts">
        {factsOf(explanation).map(({ name, text: said, code }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{code ? <code>{said}</code> : said}</dd>
          </div>
        ))}
      </dl>
      <div class="pa-mores">
        <Endpoints endpoints={endpoints} excluded={excluded} />
        <Settings settings={settings} />
        {headers && <Headers headers={headers} />}
        <FullText text={text} />
      </div>
    </>
  );
}
