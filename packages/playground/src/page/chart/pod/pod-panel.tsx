import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';

import type { PodCard } from '../../../protocol/chart.ts';
import type { PodChange } from '../../../scenario/scenario.ts';
import type { ChartActions } from '../chart-view.tsx';
import { LabelsForm } from './labels-form.tsx';
import { PodStates } from './pod-states.tsx';
import { Replicas } from './replicas.tsx';

export interface PodPanelProps {
  readonly pod: PodCard;
  readonly change: PodChange | undefined;
  readonly actions: ChartActions;
}

/** What can be done with a Pod, behind a button. Escape closes it. */
export function PodPanel({ pod, change, actions }: PodPanelProps): JSX.Element {
  const { key, workload, replicas } = pod;
  const { onPod, onScale } = actions;
  const [open, setOpen] = useState(false);
  const panel = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div
      class="pc-pod"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        class="pc-open"
        aria-expanded={open}
        aria-controls={panel}
        aria-label={`Change ${key}`}
        onClick={() => {
          setOpen(!open);
        }}
      >
        Change
      </button>
      <div id={panel} class="pc-panel" hidden={!open}>
        {open && onPod && (
          <>
            <PodStates
              pod={pod}
              onChange={(state) => {
                const labels = change?.labels;
                onPod(
                  key,
                  state || labels
                    ? { ...(state && { state }), ...(labels && { labels }) }
                    : undefined,
                );
              }}
              onRestore={() => {
                onPod(key, undefined);
              }}
            />
            <LabelsForm
              pod={pod}
              onLabels={(labels) => {
                onPod(key, { ...(pod.state && { state: pod.state }), labels });
              }}
            />
            {onScale && workload !== undefined && replicas !== undefined && (
              <Replicas workload={workload} replicas={replicas} onScale={onScale} />
            )}
          </>
        )}
      </div>
    </div>
  );
}
