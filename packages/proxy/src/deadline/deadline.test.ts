import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { deadline } from './deadline.ts';

describe('deadline', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('aborts when the time is up', () => {
    const { signal, hasPassed } = deadline(1000);
    vi.advanceTimersByTime(999);
    expect(signal?.aborted).toBe(false);
    expect(hasPassed()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal?.aborted).toBe(true);
    expect(signal?.reason).toMatchObject({ name: 'TimeoutError' });
    expect(hasPassed()).toBe(true);
  });

  it('stands still while it is the other side’s turn, and starts anew', () => {
    const { pause, resume, hasPassed } = deadline(1000);
    vi.advanceTimersByTime(999);
    pause();
    vi.advanceTimersByTime(5000);
    expect(hasPassed()).toBe(false);
    resume();
    vi.advanceTimersByTime(999);
    expect(hasPassed()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(hasPassed()).toBe(true);
  });

  it('starts anew without having stood still', () => {
    const { resume, hasPassed } = deadline(1000);
    vi.advanceTimersByTime(999);
    resume();
    vi.advanceTimersByTime(999);
    expect(hasPassed()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(hasPassed()).toBe(true);
  });

  it('has no limit once it is settled', () => {
    const { settle, resume, hasPassed } = deadline(1000);
    settle();
    resume();
    vi.advanceTimersByTime(5000);
    expect(hasPassed()).toBe(false);
  });

  it('remembers that it has passed', () => {
    const { settle, hasPassed } = deadline(1000);
    vi.advanceTimersByTime(1000);
    settle();
    expect(hasPassed()).toBe(true);
  });

  it('never passes where there is none', () => {
    const { resume, hasPassed } = deadline(undefined);
    resume();
    vi.advanceTimersByTime(2 ** 31);
    expect(hasPassed()).toBe(false);
  });

  it('does not pass at once where it is longer than a timer can be', () => {
    const { hasPassed } = deadline(2 ** 31);
    vi.advanceTimersByTime(60_000);
    expect(hasPassed()).toBe(false);
  });
});
