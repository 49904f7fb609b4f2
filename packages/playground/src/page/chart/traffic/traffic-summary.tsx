import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { counted } from '../words.ts';
import { WINDOW } from './tally.ts';
import { useShown } from './use-shown.ts';
import type { Traffic } from './use-traffic.ts';

/** Between two readings by a screen reader, in milliseconds. */
const READ_EVERY = WINDOW * 1000;

/** What became of all requests in the last ten seconds: seen as it changes, read out once in ten seconds at most. */
export function TrafficSummary({
  traffic,
}: {
  readonly traffic: Traffic | undefined;
}): JSX.Element {
  const shown = useShown(traffic, summaryOf);
  const latest = useRef(shown);
  latest.current = shown;
  const [read, setRead] = useState('');
  const sending = shown !== '';
  useEffect(() => {
    if (!sending) {
      setRead('');
      return undefined;
    }
    const reading = setInterval(() => {
      setRead(latest.current);
    }, READ_EVERY);
    return () => {
      clearInterval(reading);
    };
  }, [sending]);
  return (
    <div class="pc-summary">
      <p>{shown}</p>
      <p class="pc-unseen" role="status" aria-live="polite">
        {read}
      </p>
    </div>
  );
}

function summaryOf({ tally }: Traffic): string {
  const { answered, failed } = tally.requests();
  return answered + failed === 0
    ? ''
    : `Last ${WINDOW} s: ${counted(answered)} answered, ${counted(failed)} failed`;
}
