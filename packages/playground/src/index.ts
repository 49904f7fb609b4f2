import { h, render } from 'preact';

import type { Example } from './examples/example.ts';
import { EXAMPLES } from './examples/examples.ts';
import { Playground } from './page/app/playground.tsx';
import { readLocation } from './page/app/use-link.ts';
import type { StartEngine } from './protocol/engine-port.ts';

export { engineInWorker, type WorkerLike } from './page/app/worker-engine.ts';
export type { Example } from './examples/example.ts';
export type { EnginePort, StartEngine } from './protocol/engine-port.ts';

export interface PlaygroundOptions {
  /** Starts the engine: `engineInWorker(() => new Worker(…))`. */
  readonly startEngine: StartEngine;
  /** Where the catalogue of codes is, which findings link to: a URL without a fragment. Without it they don't link. */
  readonly docs?: string;
  /** What may be opened, the first one at once; by default all there are. */
  readonly examples?: readonly Example[];
}

/** Something that was put into an element of a page. */
export interface Mounted {
  /** Ends the engine and empties the element. */
  readonly close: () => void;
}

/**
 * Puts the playground into an element, which is emptied. The fragment of the page's address holds the scenario from then on. The
 * page has to load `playground.css`.
 */
export async function mountPlayground(
  element: Element,
  { startEngine, docs, examples = EXAMPLES }: PlaygroundOptions,
): Promise<Mounted> {
  const linked = await readLocation();
  element.replaceChildren();
  render(h(Playground, { startEngine, examples, linked, docs }), element);
  return { close: () => render(null, element) };
}
