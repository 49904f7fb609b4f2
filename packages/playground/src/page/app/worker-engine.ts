import type { StartEngine } from '../../protocol/engine-port.ts';
import type { Report } from '../../protocol/report.ts';

/** What of a Worker is needed. */
export type WorkerLike = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>;

/**
 * An engine in a Worker, which keeps the page's own thread free. A Worker that breaks, or doesn't load, is told as a fault with
 * `ended`.
 */
export function engineInWorker(create: () => WorkerLike): StartEngine {
  return (tell) => {
    const worker = create();
    const ended = (message: string): void => tell({ kind: 'fault', message, ended: true });
    worker.addEventListener('message', ({ data }: MessageEvent<Report>) => tell(data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      ended(event.message || 'its program did not load');
    });
    worker.addEventListener('messageerror', () => ended('what it said can not be read'));
    return {
      // Nothing is transferred: the page keeps what it sends.
      send: (command) => worker.postMessage(command, []),
      close: () => worker.terminate(),
    };
  };
}
