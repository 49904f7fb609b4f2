import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { startPoll } from './poll.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a poll', () => {
  it('asks at once, and again some time after the answer', async () => {
    const answers: number[] = [];
    let asked = 0;
    const poll = startPoll({
      ask: () => Promise.resolve((asked += 1)),
      every: 1_000,
      onAnswer: (value) => answers.push(value),
      onFailure: () => undefined,
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(answers).toEqual([1]);
    await vi.advanceTimersByTimeAsync(2);
    expect(answers).toEqual([1, 2]);
    poll.close();
  });

  it('asks again after a failure', async () => {
    const heard: unknown[] = [];
    let asked = 0;
    const poll = startPoll({
      ask: () => ((asked += 1) === 1 ? Promise.reject(new Error('no')) : Promise.resolve('yes')),
      every: 1_000,
      onAnswer: (value) => heard.push(value),
      onFailure: (reason) => heard.push(String(reason)),
    });
    await vi.advanceTimersByTimeAsync(1_001);
    expect(heard).toEqual(['Error: no', 'yes']);
    poll.close();
  });

  it('never asks twice at a time, not when told to ask now either', async () => {
    let asked = 0;
    const poll = startPoll({
      ask: () => {
        asked += 1;
        return new Promise<never>(() => undefined);
      },
      every: 10,
      onAnswer: () => undefined,
      onFailure: () => undefined,
    });
    poll.now();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toBe(1);
    poll.close();
  });

  it('is silent once it is closed, also about what it awaited then', async () => {
    const heard: unknown[] = [];
    const poll = startPoll({
      ask: () => new Promise((resolve) => setTimeout(() => resolve('late'), 50)),
      every: 10,
      onAnswer: (value) => heard.push(value),
      onFailure: (reason) => heard.push(reason),
    });
    poll.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heard).toEqual([]);
  });
});
