import type { Snapshot } from '@portolan/engine';
import { useEffect, useRef, useState } from 'preact/hooks';

import { startPoll } from './poll.ts';

/** What is known of what is served. Times as `Date.now()` has them. */
export interface Served {
  /** When the Snapshot that is drawn came. */
  readonly since?: number;
  /** When it was last said to be the one that is served. */
  readonly confirmed?: number;
  /** Why it can't be told at the moment. */
  readonly failure?: string;
}

export type AskSnapshot = () => Promise<Snapshot | undefined>;

/** Asks for the Snapshot again and again while the page can be seen, and hands on each that is new. */
export function useServed(
  ask: AskSnapshot,
  every: number,
  onSnapshot: (snapshot: Snapshot) => void,
): Served {
  const [served, setServed] = useState<Served>({});
  const hand = useRef(onSnapshot);
  hand.current = onSnapshot;
  useEffect(() => {
    const start = (): ReturnType<typeof startPoll> =>
      startPoll({
        ask,
        every,
        onAnswer: (snapshot) => {
          const now = Date.now();
          if (snapshot !== undefined) hand.current(snapshot);
          setServed(({ since }) =>
            snapshot === undefined && since !== undefined
              ? { since, confirmed: now }
              : { since: now, confirmed: now },
          );
        },
        onFailure: (reason) => {
          setServed((before) => ({
            ...before,
            failure: reason instanceof Error ? reason.message : String(reason),
          }));
        },
      });
    let poll = document.hidden ? undefined : start();
    const onVisible = (): void => {
      poll?.close();
      poll = document.hidden ? undefined : start();
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      poll?.close();
    };
  }, [ask, every]);
  return served;
}
