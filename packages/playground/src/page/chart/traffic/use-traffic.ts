import { useEffect, useMemo } from 'preact/hooks';

import type { TrafficReport } from '../../../protocol/report.ts';
import { createTally, WINDOW, type Tally } from './tally.ts';

/** What is counted, and who wants to know when it changes. */
export interface Traffic {
  readonly tally: Tally;
  /** Calls at most four times a second; returns what ends that. */
  readonly listen: (listener: () => void) => () => void;
}

/** Between two tellings, in milliseconds. */
const PAUSE = 250;

/** Counts what is told of requests, apart from what is rendered: only what shows a number renders again. */
export function useTraffic(
  subscribe: ((listener: (report: TrafficReport) => void) => () => void) | undefined,
): Traffic | undefined {
  const counting = useMemo(() => (subscribe ? createCounting(subscribe) : undefined), [subscribe]);
  useEffect(() => counting?.start(), [counting]);
  return counting;
}

interface Counting extends Traffic {
  readonly start: () => () => void;
}

function createCounting(
  subscribe: (listener: (report: TrafficReport) => void) => () => void,
): Counting {
  const tally = createTally(() => performance.now());
  const listeners = new Set<() => void>();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  const tell = (): void => {
    waiting = undefined;
    for (const listener of listeners) listener();
    // Until the last of them is forgotten, the numbers go down by themselves.
    if (performance.now() - last <= (WINDOW + 1) * 1000) wait(1000);
  };
  const wait = (pause: number): void => {
    waiting = setTimeout(tell, pause);
  };

  return {
    tally,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => {
      let told = Number.NEGATIVE_INFINITY;
      const end = subscribe((report) => {
        if (report.sent.length === 0) return;
        tally.add(report);
        last = performance.now();
        if (last - told < PAUSE) return;
        told = last;
        clearTimeout(waiting);
        wait(PAUSE);
      });
      return () => {
        end();
        clearTimeout(waiting);
      };
    },
  };
}
