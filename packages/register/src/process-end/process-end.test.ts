import { describe, expect, it, vi } from 'vitest';

import { beforeEnd, type Process } from './process-end.ts';

type Event = Parameters<Process['on']>[0];

/** A process that tells what would have ended it. */
class FakeProcess implements Process {
  readonly pid = 7;
  readonly ends: string[] = [];
  readonly #listeners: (readonly [Event, () => void])[] = [];

  on(event: Event, listener: () => void): void {
    this.#listeners.push([event, listener]);
  }

  off(event: Event, listener: () => void): void {
    const index = this.#listeners.findIndex((each) => each[0] === event && each[1] === listener);
    if (index !== -1) this.#listeners.splice(index, 1);
  }

  listenerCount(event?: Event): number {
    return this.#listeners.filter(([each]) => event === undefined || each === event).length;
  }

  kill(pid: number, signal: Event): void {
    this.ends.push(`${signal} to ${pid}`);
  }

  async emit(event: Event): Promise<void> {
    for (const [each, listener] of this.#listeners.slice()) if (each === event) listener();
    await Promise.resolve();
    await Promise.resolve();
  }
}

describe('before a process ends', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s, work is done, then the signal takes its effect',
    async (signal) => {
      const host = new FakeProcess();
      const work = Promise.withResolvers<void>();
      beforeEnd(() => work.promise, host);
      await host.emit(signal);
      expect(host.ends).toEqual([]);
      work.resolve();
      await host.emit('beforeExit');
      expect(host.ends).toEqual([`${signal} to 7`]);
      expect(host.listenerCount()).toBe(0);
    },
  );

  it('by a second signal, nothing is waited for', async () => {
    const host = new FakeProcess();
    beforeEnd(() => new Promise(() => undefined), host);
    await host.emit('SIGINT');
    await host.emit('SIGINT');
    expect(host.ends).toEqual(['SIGINT to 7']);
  });

  it('with several at work, the last one lets the signal take its effect', async () => {
    const host = new FakeProcess();
    const slow = Promise.withResolvers<void>();
    beforeEnd(() => Promise.resolve(), host);
    beforeEnd(() => slow.promise, host);
    await host.emit('SIGTERM');
    expect(host.ends).toEqual([]);
    slow.resolve();
    await vi.waitFor(() => expect(host.ends).toEqual(['SIGTERM to 7']));
  });

  it('by a signal that somebody else listens for, it is theirs to end it', async () => {
    const host = new FakeProcess();
    host.on('SIGTERM', () => undefined);
    beforeEnd(() => Promise.resolve(), host);
    await host.emit('SIGTERM');
    expect(host.ends).toEqual([]);
  });

  it('with nothing left to do, work is done once', async () => {
    const host = new FakeProcess();
    const work = vi.fn<() => Promise<void>>(() => Promise.resolve());
    beforeEnd(work, host);
    await host.emit('beforeExit');
    await host.emit('beforeExit');
    expect(work).toHaveBeenCalledOnce();
    expect(host.listenerCount()).toBe(0);
  });

  it('no listener is left once nobody wants to know', () => {
    const host = new FakeProcess();
    const stop = beforeEnd(() => Promise.resolve(), host);
    expect(host.listenerCount()).toBe(3);
    stop();
    expect(host.listenerCount()).toBe(0);
  });
});
