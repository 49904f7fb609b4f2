import type { Command } from '../protocol/command.ts';
import type { EnginePort } from '../protocol/engine-port.ts';
import type { Report } from '../protocol/report.ts';
import { cardOf } from './answerers/answerers.ts';
import { Session } from './session/session.ts';
import { createTraffic } from './traffic/traffic.ts';

export interface EngineOptions {
  /** From 0 to 1, without 1; `Math.random` by default. */
  readonly random?: () => number;
  /** Runs a function later, when what has arrived by then was taken in; `setTimeout` by default. */
  readonly later?: (run: () => void) => void;
}

/** Of each the last one counts that has not been begun, and in this order they are. */
const SLOTS = ['source', 'change', 'filter', 'ask', 'traffic'] as const;

type Slot = (typeof SLOTS)[number];

/**
 * Starts an engine. It takes in what is sent and works later, one step at a time, so that a command which is out of date by
 * then costs nothing: of several `open` and `show`, `change`, `filter` and `ask` that wait only the last is carried out. One
 * `view` answers all commands up to the one that it names.
 */
export function createEngine(
  tell: (report: Report) => void,
  { random = Math.random, later = (run) => void setTimeout(run, 0) }: EngineOptions = {},
): EnginePort {
  const session = new Session();
  const waiting = new Map<Slot, Command>();
  /** The highest number of the commands that no view has answered. */
  let unanswered: number | undefined;
  let isDue = false;
  let isClosed = false;

  const traffic = createTraffic({
    snapshot: () => session.source.snapshot(),
    request: () => session.request,
    stateOf: (pod) => session.stateOf(pod),
    cardOf: (endpoint) => cardOf(endpoint),
    random,
    tell: (sent) => {
      if (!isClosed) tell({ kind: 'traffic', sent });
    },
  });

  function step(): void {
    isDue = false;
    if (isClosed) return;
    const slot = SLOTS.find((each) => waiting.has(each));
    const command = slot && waiting.get(slot);
    if (slot !== undefined) waiting.delete(slot);
    if (command) guarded(command.id, () => carryOut(command));
    const isSettled = ![...waiting.keys()].some((each) => each !== 'traffic');
    if (unanswered !== undefined && isSettled) answer(unanswered);
    if (waiting.size > 0) schedule();
  }

  function carryOut(command: Command): void {
    if (command.kind === 'traffic') return traffic.setRate(command.rate);
    unanswered = Math.max(command.id, unanswered ?? 0);
    const report = session.take(command);
    if (report) tell({ kind: 'source', for: command.id, ...report });
    traffic.swap(session.source.snapshot());
  }

  function answer(id: number): void {
    unanswered = undefined;
    guarded(id, () => tell({ kind: 'view', for: id, ...session.view() }));
  }

  function guarded(id: number, run: () => void): void {
    try {
      run();
    } catch (error) {
      tell({ kind: 'fault', for: id, message: messageOf(error) });
    }
  }

  function schedule(): void {
    if (isDue) return;
    isDue = true;
    later(step);
  }

  return {
    send: (command) => {
      if (isClosed) return;
      const slot = slotOf(command);
      // A command that is passed over is answered with the one in its place.
      waiting.delete(slot);
      waiting.set(slot, command);
      schedule();
    },
    close: () => {
      isClosed = true;
      waiting.clear();
      traffic.close();
    },
  };
}

function slotOf({ kind }: Command): Slot {
  return kind === 'open' || kind === 'show' ? 'source' : kind;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
