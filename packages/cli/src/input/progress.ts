import type { IO } from '../io/io.ts';

/** Milliseconds; what takes less needs no progress. */
const PATIENCE = 300;

/** A line on standard error that says how far long work has come, while somebody watches. */
export interface Progress {
  readonly show: (text: string) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

export function startProgress({ isWatched, err, errTerminal }: IO): Progress {
  if (!isWatched) return { show: () => undefined, end: () => undefined };
  const start = performance.now();
  let shown = 0;
  return {
    show: (text) => {
      const now = performance.now();
      if (now - start < PATIENCE || now - shown < 100) return;
      shown = now;
      err(`\r\u001B[2K${text.slice(0, errTerminal.width - 1)}`);
    },
    end: () => {
      if (shown > 0) err('\r\u001B[2K');
    },
  };
}
