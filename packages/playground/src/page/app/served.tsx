import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import type { SourceReport } from '../../protocol/report.ts';
import { ageText } from './age.ts';
import { countsText } from './counts.ts';
import type { Served } from './use-served.ts';

export interface ServedLineProps {
  readonly served: Served;
  readonly source: SourceReport | undefined;
}

/** Which Snapshot is drawn, since when, and whether it is still known to be the one that is served. */
export function ServedLine({ served, source }: ServedLineProps): JSX.Element {
  const now = useNow();
  return (
    <div class="p-served">
      <p>
        {source === undefined || served.since === undefined ? (
          'Asking for the Snapshot…'
        ) : (
          <>
            Version <code>{source.version}</code>, first seen {ageText(now - served.since)}.{' '}
            {countsText(source.counts)}.
          </>
        )}
      </p>
      <div role="status">
        {served.failure === undefined ? null : (
          <p class="p-notice p-notice--wrong">
            The Snapshot can not be had: {served.failure}.{' '}
            {served.confirmed === undefined
              ? ''
              : 'What is drawn is the last one that came, and may no longer be what is served.'}
          </p>
        )}
      </div>
      {served.confirmed === undefined ? null : (
        <p class="p-hint">Last confirmed {ageText(now - served.confirmed)}.</p>
      )}
    </div>
  );
}

/** The time, every second. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
