import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Visitor } from './visitor.ts';

const LONG = 1_000_000;

describe('a client that was led to a server', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const visiting = (): { readonly visitor: Visitor; readonly letGo: ReturnType<typeof vi.fn> } => {
    const letGo = vi.fn<() => void>();
    return { visitor: new Visitor('192.0.2.1', letGo), letGo };
  };

  it('is let go where it asks for nothing', () => {
    const { letGo } = visiting();
    vi.advanceTimersByTime(9999);
    expect(letGo).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(letGo).toHaveBeenCalledOnce();
  });

  it('is kept while one of its requests is under way, and let go after the last', () => {
    const { visitor, letGo } = visiting();
    visitor.begin();
    visitor.begin();
    visitor.end();
    vi.advanceTimersByTime(LONG);
    expect(letGo).not.toHaveBeenCalled();
    visitor.end();
    vi.advanceTimersByTime(LONG);
    expect(letGo).toHaveBeenCalledOnce();
  });

  it('may ask again', () => {
    const { visitor, letGo } = visiting();
    visitor.begin();
    visitor.end();
    vi.advanceTimersByTime(9999);
    visitor.begin();
    vi.advanceTimersByTime(LONG);
    expect(letGo).not.toHaveBeenCalled();
  });

  it('is nobody any more when its connection has ended', () => {
    const { visitor, letGo } = visiting();
    visitor.begin();
    visitor.leave();
    visitor.end();
    vi.advanceTimersByTime(LONG);
    expect(letGo).not.toHaveBeenCalled();
  });
});
