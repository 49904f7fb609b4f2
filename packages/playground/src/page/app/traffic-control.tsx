import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import type { UsedEngine } from './use-conversation.ts';

export interface TrafficControlProps {
  readonly engine: Pick<UsedEngine, 'say'>;
  /** Where the request is none, nothing can be sent. */
  readonly possible: boolean;
}

/** Requests a second, at first. */
const RATE = 5;

/** Sends the request again and again. */
export function TrafficControl({ engine, possible }: TrafficControlProps): JSX.Element {
  const [rate, setRate] = useState(RATE);
  const [runs, setRuns] = useState(false);
  const { say } = engine;

  useEffect(() => {
    say({ kind: 'traffic', rate: runs && possible ? rate : 0 });
  }, [say, runs, rate, possible]);

  return (
    <div class="p-traffic" role="group" aria-label="Traffic">
      <button type="button" class="p-button" disabled={!possible} onClick={() => setRuns(!runs)}>
        {runs ? 'Pause traffic' : 'Send traffic'}
      </button>
      <label class="p-traffic__rate">
        <input
          type="range"
          min={1}
          max={50}
          value={rate}
          onInput={({ currentTarget }) => setRate(currentTarget.valueAsNumber)}
        />
        <span>{rate} requests a second</span>
      </label>
    </div>
  );
}
