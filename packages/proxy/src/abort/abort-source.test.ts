import { describe, expect, it, vi } from 'vitest';

import { Aborter, anyOf, signalOf, whenAborted, type AbortSource } from './abort-source.ts';

describe('an Aborter', () => {
  it('tells each listener once, and keeps the first reason', () => {
    const aborter = new Aborter();
    const [heard, removed] = [vi.fn<() => void>(), vi.fn<() => void>()];
    aborter.addEventListener('abort', heard);
    aborter.addEventListener('abort', removed);
    aborter.removeEventListener('abort', removed);
    expect(aborter).toMatchObject({ aborted: false });
    aborter.abort('first');
    aborter.abort('second');
    expect(aborter).toMatchObject({ aborted: true, reason: 'first' });
    expect(heard).toHaveBeenCalledOnce();
    expect(removed).not.toHaveBeenCalled();
  });
});

describe.each([
  [
    'an Aborter',
    (): [AbortSource, (reason: unknown) => void] => {
      const aborter = new Aborter();
      return [aborter, (reason) => aborter.abort(reason)];
    },
  ],
  [
    'an AbortSignal',
    (): [AbortSource, (reason: unknown) => void] => {
      const controller = new AbortController();
      return [controller.signal, (reason) => controller.abort(reason)];
    },
  ],
])('%s', (_, make) => {
  it('is told of, also to those who ask late', () => {
    const [source, abort] = make();
    const [early, late] = [vi.fn<(reason: unknown) => void>(), vi.fn<(reason: unknown) => void>()];
    whenAborted(source, early);
    abort('gone');
    whenAborted(source, late);
    expect(early).toHaveBeenCalledExactlyOnceWith('gone');
    expect(late).toHaveBeenCalledExactlyOnceWith('gone');
  });

  it('aborts what it is one of', () => {
    const [source, abort] = make();
    const any = anyOf([new Aborter(), source]);
    expect(any.aborted).toBe(false);
    abort('gone');
    expect(any).toMatchObject({ aborted: true, reason: 'gone' });
    expect(anyOf([new Aborter(), source])).toMatchObject({ aborted: true, reason: 'gone' });
    expect(anyOf([source])).toBe(source);
  });

  it('can be shown as an AbortSignal', () => {
    const [source, abort] = make();
    const signal = signalOf(source);
    expect(signal).toBeInstanceOf(AbortSignal);
    expect(signalOf(signal)).toBe(signal);
    abort('gone');
    expect(signal).toMatchObject({ aborted: true, reason: 'gone' });
    expect(signalOf(source)).toMatchObject({ aborted: true, reason: 'gone' });
  });
});
