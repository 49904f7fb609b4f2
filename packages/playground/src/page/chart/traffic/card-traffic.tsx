import type { JSX } from 'preact';

import { counted } from '../words.ts';
import { useShown } from './use-shown.ts';
import type { Traffic } from './use-traffic.ts';

export interface CardTrafficProps {
  readonly card: string;
  /** It is on the way, so that it is worth saying that it answered nothing. */
  readonly lit: boolean;
  readonly traffic: Traffic;
}

/** What an endpoint answered in the last ten seconds, and its share of all answers. Nothing while nothing is sent to it. */
export function CardTraffic({ card, lit, traffic }: CardTrafficProps): JSX.Element | null {
  const shown = useShown(traffic, ({ tally }) => {
    const { answered, failed } = tally.of(card);
    const all = tally.answers();
    const share = all === 0 ? 0 : Math.round((answered / all) * 100);
    const requests = tally.requests();
    const sent = requests.answered + requests.failed;
    return sent === 0 || (!lit && answered + failed === 0)
      ? ''
      : [answered, failed, share].join(' ');
  });
  if (shown === '') return null;
  const [answered = 0, failed = 0, share = 0] = shown.split(' ').map(Number);
  return (
    <div class="pc-traffic">
      <p>
        <svg class="pc-share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect class="pc-share-all" width="100" height="4" />
          <rect class="pc-share-own" width={share} height="4" />
        </svg>
        <span>{share} %</span>
      </p>
      <p>
        <span>{counted(answered)} answered</span>
        <span class={failed > 0 ? 'pc-failed' : ''}>{counted(failed)} failed</span>
      </p>
    </div>
  );
}
