import type { DescribedRequest } from '@portolan/explain';
import { h, render } from 'preact';

import { ServedMap } from './page/app/map.tsx';
import type { AskSnapshot } from './page/app/use-served.ts';
import type { StartEngine } from './protocol/engine-port.ts';

export { engineInWorker, type WorkerLike } from './page/app/worker-engine.ts';
export type { AskSnapshot } from './page/app/use-served.ts';
export type { EnginePort, StartEngine } from './protocol/engine-port.ts';

export interface MapOptions {
  /** Starts the engine: `engineInWorker(() => new Worker(…))`. */
  readonly startEngine: StartEngine;
  /**
   * The Snapshot that is served, or `undefined` where it is the one that was answered last. Rejects where it can't be had; the
   * error's message is shown, in a sentence that goes on after it.
   */
  readonly snapshot: AskSnapshot;
  /** How long after an answer the Snapshot is asked for again, in milliseconds. While the page is hidden it isn't. */
  readonly every: number;
  /** What is asked at first; by default the first URL that the Snapshot answers. */
  readonly request?: DescribedRequest;
}

/** Something that was put into an element of a page. */
export interface Mounted {
  /** Ends the engine and empties the element. */
  readonly close: () => void;
}

/** Draws what a Worker serves into an element, and follows it. The page has to load `playground.css`. */
export function mountMap(element: Element, options: MapOptions): Mounted {
  const { startEngine, snapshot, every, request } = options;
  render(h(ServedMap, { startEngine, snapshot, every, request }), element);
  return { close: () => render(null, element) };
}
