import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { firstByteDeadline } from './first-byte-deadline.ts';

/** A request whose body is given part by part. */
function upload(): { readonly request: Request; readonly body: TransformStream<Uint8Array> } {
  const body = new TransformStream<Uint8Array, Uint8Array>();
  const init: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    body: body.readable,
    duplex: 'half',
  };
  return { request: new Request('http://shop.example/', init), body };
}

const bodiless = new Request('http://shop.example/');
const part = new Uint8Array([1]);

describe('firstByteDeadline', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('aborts when the time is up', () => {
    const { signal, body } = firstByteDeadline(bodiless, 1000);
    expect(body).toBeNull();
    vi.advanceTimersByTime(999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
  });

  it('has no limit once the answer is there', () => {
    const { signal, settle } = firstByteDeadline(bodiless, 1000);
    settle();
    vi.advanceTimersByTime(5000);
    expect(signal.aborted).toBe(false);
  });

  it('stands still while the endpoint waits for the client', async () => {
    const { request, body } = upload();
    const { signal, body: sent } = firstByteDeadline(request, 1000);
    const asked = sent?.getReader().read();
    await vi.advanceTimersByTimeAsync(5000);
    expect(signal.aborted).toBe(false);
    await Promise.all([asked, body.writable.getWriter().write(part)]);
    vi.advanceTimersByTime(999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
  });

  it('runs while the endpoint asks for nothing', () => {
    const { signal } = firstByteDeadline(upload().request, 1000);
    vi.advanceTimersByTime(1000);
    expect(signal.aborted).toBe(true);
  });

  it('starts anew when the body is over', async () => {
    const { request, body } = upload();
    const { signal, body: sent } = firstByteDeadline(request, 1000);
    const asked = sent?.getReader().read();
    await vi.advanceTimersByTimeAsync(5000);
    await Promise.all([asked, body.writable.getWriter().close()]);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(signal.aborted).toBe(true);
  });

  it('has no limit for the rest of the body once the answer is there', async () => {
    const { request, body } = upload();
    const { signal, body: sent, settle } = firstByteDeadline(request, 1000);
    const asked = sent?.getReader().read();
    settle();
    await Promise.all([asked, body.writable.getWriter().write(part)]);
    vi.advanceTimersByTime(5000);
    expect(signal.aborted).toBe(false);
  });

  it('tells the client when the endpoint wants no more of the body', async () => {
    const { request, body } = upload();
    const { body: sent } = firstByteDeadline(request, 1000);
    const writer = body.writable.getWriter();
    const closed = writer.closed.catch((reason: unknown) => reason);
    const enough = new Error('enough');
    await sent?.cancel(enough);
    expect(await closed).toBe(enough);
  });
});
