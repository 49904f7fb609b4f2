import { describe, expect, it } from 'vitest';

import type { Report } from '../../protocol/report.ts';
import { engineInWorker } from './worker-engine.ts';

class SilentWorker extends EventTarget {
  readonly posted: unknown[] = [];
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  terminate(): void {
    this.posted.push('terminated');
  }
}

describe('an engine in a worker', () => {
  it('is sent commands, and tells what the worker says', () => {
    const told: Report[] = [];
    const worker = new SilentWorker();
    const port = engineInWorker(() => worker)((report) => told.push(report));
    port.send({ kind: 'traffic', rate: 5, id: 1 });
    const report: Report = { kind: 'traffic', sent: [] };
    worker.dispatchEvent(new MessageEvent('message', { data: report }));
    port.close();
    expect(worker.posted).toEqual([{ kind: 'traffic', rate: 5, id: 1 }, 'terminated']);
    expect(told).toEqual([report]);
  });

  it.each([
    ['broke', 'out of memory', 'out of memory'],
    ['did not load', '', 'its program did not load'],
  ])('that %s has ended', (_, message, said) => {
    const told: Report[] = [];
    const worker = new SilentWorker();
    engineInWorker(() => worker)((report) => told.push(report));
    worker.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message }));
    expect(told).toEqual([{ kind: 'fault', message: said, ended: true }]);
  });
});
