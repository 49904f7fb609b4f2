import { useEffect, useRef, useState } from 'preact/hooks';

import type { StartEngine } from '../../protocol/engine-port.ts';
import type { Report, TrafficReport } from '../../protocol/report.ts';
import { type Conversation, createConversation, type Saying } from './conversation.ts';

/** The engine, from a component's side. */
export interface UsedEngine {
  readonly say: (saying: Saying) => void;
  readonly restart: () => void;
  readonly busy: boolean;
  /** Hears what becomes of traffic, without a component being drawn anew for each request; answers how to stop that. */
  readonly subscribe: (listener: (report: TrafficReport) => void) => () => void;
}

/** An engine that lives as long as the component. What isn't traffic is told to `onReport`. */
export function useConversation(
  startEngine: StartEngine,
  onReport: (report: Report) => void,
): UsedEngine {
  const [busy, setBusy] = useState(false);
  const conversation = useRef<Conversation | undefined>(undefined);
  const listeners = useRef(new Set<(report: TrafficReport) => void>());
  const report = useRef(onReport);
  report.current = onReport;
  // The same functions for good, so that effects can depend on them.
  const [used] = useState(() => ({
    say: (saying: Saying): void => conversation.current?.say(saying),
    restart: (): void => conversation.current?.restart(),
    subscribe: (listener: (traffic: TrafficReport) => void): (() => void) => {
      listeners.current.add(listener);
      return () => listeners.current.delete(listener);
    },
  }));
  useEffect(() => {
    const mine = createConversation(
      startEngine,
      (told) => {
        if (told.kind === 'traffic') for (const listener of listeners.current) listener(told);
        else report.current(told);
      },
      setBusy,
    );
    conversation.current = mine;
    return () => {
      conversation.current = undefined;
      mine.close();
    };
  }, [startEngine]);
  return { ...used, busy };
}
