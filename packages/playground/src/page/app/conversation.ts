import type { Command } from '../../protocol/command.ts';
import type { EnginePort, StartEngine } from '../../protocol/engine-port.ts';
import type { Report } from '../../protocol/report.ts';

type WithoutId<Each> = Each extends unknown ? Omit<Each, 'id'> : never;

/** A command before it has its number. */
export type Saying = WithoutId<Command>;

/** What the page says to an engine, in such a way that neither waits in vain. */
export interface Conversation {
  /**
   * Says something, as soon as this turn is over and the engine has answered what was said before; of several sayings of a kind
   * that wait only the last is said.
   */
  readonly say: (saying: Saying) => void;
  /** Starts another engine, and says to it all that still holds. */
  readonly restart: () => void;
  readonly close: () => void;
}

/** In this order the engine hears what waits: manifests before what is to be done with them. */
const ORDER: readonly Saying['kind'][] = ['show', 'open', 'change', 'filter', 'ask', 'traffic'];

/**
 * Starts an engine and hands on what it tells, except what is out of date: what it says to a command when a later one has
 * been sent.
 *
 * @param onBusy Told when the engine begins to work, and when it has answered everything.
 */
export function createConversation(
  start: StartEngine,
  tell: (report: Report) => void,
  onBusy: (busy: boolean) => void = () => undefined,
): Conversation {
  const holding = new Map<Saying['kind'], Saying>();
  let waiting = new Set<Saying['kind']>();
  /** Of the last command of its kind. */
  let last = { source: 0, view: 0 };
  let id = 0;
  let awaited: number | undefined;
  let engine = 0;
  let port: EnginePort | undefined = begin();

  function begin(): EnginePort {
    engine += 1;
    const mine = engine;
    return start((report) => {
      if (mine === engine) hear(report);
    });
  }

  function hear(report: Report): void {
    if (report.kind === 'fault' && report.ended === true) {
      end();
      tell(report);
      return;
    }
    const current =
      report.kind === 'source'
        ? report.for >= last.source
        : report.kind !== 'view' || report.for >= last.view;
    if (current) tell(report);
    if (report.kind !== 'view' && report.kind !== 'fault') return;
    if (awaited === undefined || (report.for ?? 0) < awaited) return;
    awaited = undefined;
    flush();
    if (awaited === undefined) onBusy(false);
  }

  function flush(): void {
    if (port === undefined || awaited !== undefined) return;
    for (const kind of ORDER) {
      const saying = waiting.has(kind) ? holding.get(kind) : undefined;
      if (saying === undefined) continue;
      waiting.delete(kind);
      id += 1;
      if (kind === 'open' || kind === 'show') last.source = id;
      if (kind !== 'traffic') {
        last.view = id;
        awaited = id;
      }
      port.send({ ...saying, id });
    }
    if (awaited !== undefined) onBusy(true);
  }

  function end(): void {
    engine += 1;
    port?.close();
    port = undefined;
    awaited = undefined;
    onBusy(false);
  }

  return {
    say: (saying) => {
      holding.set(saying.kind, saying);
      waiting.add(saying.kind);
      queueMicrotask(flush);
    },
    restart: () => {
      end();
      port = begin();
      waiting = new Set(holding.keys());
      flush();
    },
    close: end,
  };
}
