import type { JSX } from 'preact';

import type { PodCard } from '../../../protocol/chart.ts';
import type { PodState } from '../../../scenario/scenario.ts';

export interface PodStatesProps {
  readonly pod: PodCard;
  readonly onChange: (state: PodState | undefined) => void;
  readonly onRestore: () => void;
}

const ACTIONS: readonly (readonly [PodState, string])[] = [
  ['failing', 'Fail readiness'],
  ['refusing', 'Refuse connections'],
  ['draining', 'Drain'],
];

/** What may happen to a Pod, a button each, pressed where it has happened; and one that undoes all. */
export function PodStates({ pod, onChange, onRestore }: PodStatesProps): JSX.Element {
  return (
    <div class="pc-actions" role="group" aria-label={`State of ${pod.key}`}>
      {ACTIONS.map(([state, words]) => {
        const pressed = pod.state === state;
        return (
          <button
            key={state}
            type="button"
            aria-pressed={pressed}
            aria-label={`${words} of ${pod.key}`}
            onClick={() => {
              onChange(pressed ? undefined : state);
            }}
          >
            {words}
          </button>
        );
      })}
      <button type="button" aria-label={`Restore ${pod.key}`} onClick={onRestore}>
        Restore
      </button>
    </div>
  );
}
