import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

import type { PodCard } from '../../../protocol/chart.ts';
import { readLabels, writeLabels } from './labels.ts';

export interface LabelsFormProps {
  readonly pod: PodCard;
  readonly onLabels: (labels: Readonly<Record<string, string>>) => void;
}

/** The labels of a Pod as lines of text, and what is wrong with them. */
export function LabelsForm({ pod, onLabels }: LabelsFormProps): JSX.Element {
  const written = writeLabels(pod.labels);
  const [text, setText] = useState(written);
  const [fault, setFault] = useState('');
  const field = useId();
  const faultId = useId();
  const shown = useRef(written);
  useEffect(() => {
    // Only labels that became others: somebody may type before this has run for the first time.
    if (shown.current === written) return;
    shown.current = written;
    setText(written);
    setFault('');
  }, [written]);
  return (
    <form
      class="pc-labels"
      onSubmit={(event) => {
        event.preventDefault();
        const read = readLabels(text);
        setFault('fault' in read ? `Line ${read.line}: ${read.fault}` : '');
        if ('labels' in read) onLabels(read.labels);
      }}
    >
      <label for={field}>
        Labels<span class="pc-unseen"> of {pod.key}</span>, <code>key=value</code> a line
      </label>
      <textarea
        id={field}
        rows={Math.min(6, text.split('\n').length + 1)}
        spellcheck={false}
        autocomplete="off"
        value={text}
        aria-invalid={fault !== ''}
        aria-describedby={faultId}
        onInput={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <p id={faultId} class="pc-fault" role="alert">
        {fault}
      </p>
      <button type="submit" aria-label={`Apply labels to ${pod.key}`}>
        Apply labels
      </button>
    </form>
  );
}
