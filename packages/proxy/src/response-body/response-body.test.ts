import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ByteReader } from '../message/message.ts';
import { responseBody, type BodyEnd, type ResponseBodyOptions } from './response-body.ts';

interface Download {
  readonly reader: ByteReader;
  readonly onEnd: ReturnType<typeof vi.fn<(end: BodyEnd, bytes?: number) => void>>;
  /** Resolves when the endpoint is asked for more. */
  readonly asked: () => Promise<ReadableStreamDefaultController<Uint8Array>>;
  readonly pull: ReturnType<typeof vi.fn<() => void>>;
  /** Why the endpoint was told to stop. */
  readonly cancelled: ReturnType<typeof vi.fn<(reason: unknown) => void>>;
}

/** An answer whose body is given chunk by chunk. */
function download(options: Partial<ResponseBodyOptions> = {}): Download {
  const cancelled = vi.fn<(reason: unknown) => void>();
  const pull = vi.fn<() => void>();
  const onEnd = vi.fn<(end: BodyEnd, bytes?: number) => void>();
  let waiting = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>();
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        pull();
        waiting.resolve(controller);
      },
      cancel: cancelled,
    },
    { highWaterMark: 0 },
  );
  return {
    reader: responseBody(body, { onEnd, ...options }).getReader(),
    onEnd,
    asked: async () => {
      const controller = await waiting.promise;
      waiting = Promise.withResolvers();
      return controller;
    },
    pull,
    cancelled,
  };
}

const turnOver = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('an answer’s body', () => {
  it('is passed on chunk by chunk, asked for by the client alone', async () => {
    const { reader, asked, pull, onEnd } = download();
    await turnOver();
    expect(pull).not.toHaveBeenCalled();
    for (const chunk of [Uint8Array.of(1), Uint8Array.of(2, 3)]) {
      const read = reader.read();
      (await asked()).enqueue(chunk);
      // At once: there is no next one yet.
      expect(await read).toEqual({ done: false, value: chunk });
    }
    await turnOver();
    expect(pull).toHaveBeenCalledTimes(2);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('is complete when the endpoint has ended it', async () => {
    const { reader, asked, onEnd } = download();
    const read = reader.read();
    (await asked()).enqueue(Uint8Array.of(1, 2, 3));
    await read;
    const last = reader.read();
    (await asked()).close();
    expect(await last).toMatchObject({ done: true });
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('complete', 3);
  });

  it('is broken when the endpoint breaks off, and the client sees it', async () => {
    const { reader, asked, onEnd } = download();
    const read = reader.read();
    const reset = new Error('reset');
    (await asked()).error(reset);
    await expect(read).rejects.toBe(reset);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('broken', 0);
  });

  it('is aborted when the client wants no more, and the endpoint is told', async () => {
    const { reader, asked, onEnd, cancelled } = download();
    const read = reader.read();
    (await asked()).enqueue(Uint8Array.of(1));
    await read;
    const gone = new Error('gone');
    await reader.cancel(gone);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('aborted', 1);
    expect(cancelled).toHaveBeenCalledExactlyOnceWith(gone);
  });

  it('is aborted when the client wants no more in the middle of a read', async () => {
    const { reader, asked, onEnd, cancelled } = download();
    const read = reader.read();
    await asked();
    await reader.cancel();
    expect(await read).toMatchObject({ done: true });
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('aborted', 0);
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it('is aborted when the client’s signal tells so, even while the endpoint is silent', async () => {
    const client = new AbortController();
    const { reader, asked, onEnd, cancelled } = download({ signal: client.signal });
    const read = reader.read();
    await asked();
    const gone = new Error('gone');
    client.abort(gone);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('aborted', 0);
    expect(cancelled).toHaveBeenCalledExactlyOnceWith(gone);
    await expect(read).rejects.toBe(gone);
  });

  it('is aborted, not broken, where the client’s signal ends the endpoint’s stream as well', async () => {
    const client = new AbortController();
    const { reader, asked, onEnd } = download({ signal: client.signal });
    const read = reader.read();
    const endpoint = await asked();
    client.signal.addEventListener('abort', () => endpoint.error(client.signal.reason));
    client.abort();
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('aborted', 0);
  });

  it('is aborted where the client had left before', async () => {
    const { onEnd, cancelled } = download({ signal: AbortSignal.abort() });
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('aborted', 0);
    expect(cancelled).toHaveBeenCalledOnce();
    await turnOver();
  });

  it('may be cancelled by a host that has been told by the signal too', async () => {
    const client = new AbortController();
    const { reader, onEnd } = download({ signal: client.signal });
    client.abort();
    await reader.cancel();
    await turnOver();
    expect(await reader.read()).toMatchObject({ done: true });
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('stays complete whatever the client’s signal tells later', async () => {
    const client = new AbortController();
    const { reader, asked, onEnd } = download({ signal: client.signal });
    const read = reader.read();
    (await asked()).close();
    await read;
    client.abort();
    await turnOver();
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('complete', 0);
  });

  it.runIf('FixedLengthStream' in globalThis)('vouches for its length on Workers', async () => {
    const headers = new Headers({ 'content-length': '2' });
    const { reader, asked } = download({ headers });
    const first = reader.read();
    (await asked()).enqueue(Uint8Array.of(1));
    expect(await first).toMatchObject({ done: false });
    const rest = reader.read();
    // A byte less than was announced.
    (await asked()).close();
    await expect(rest).rejects.toThrow('FixedLengthStream');
  });
});

describe('an answer’s body that has to keep moving', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is idle when the endpoint leaves the client waiting: the one sees it, the other is told', async () => {
    const { reader, onEnd, cancelled } = download({ idleTimeout: 1000 });
    const read = reader.read();
    read.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(999);
    expect(onEnd).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('idle', 0);
    await expect(read).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it('may wait for the client as long as that likes', async () => {
    const { reader, asked, onEnd } = download({ idleTimeout: 1000 });
    await vi.advanceTimersByTimeAsync(5000);
    const read = reader.read();
    await vi.advanceTimersByTimeAsync(999);
    (await asked()).enqueue(Uint8Array.of(1));
    await read;
    await vi.advanceTimersByTimeAsync(5000);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('is never cut while it moves', async () => {
    const { reader, asked, onEnd } = download({ idleTimeout: 1000 });
    for (let time = 0; time < 10; time += 1) {
      const read = reader.read();
      await vi.advanceTimersByTimeAsync(999);
      (await asked()).enqueue(Uint8Array.of(1));
      await read;
    }
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('has no limit once it has ended', async () => {
    const { reader, asked, onEnd } = download({ idleTimeout: 1000 });
    const read = reader.read();
    (await asked()).close();
    await read;
    await vi.advanceTimersByTimeAsync(5000);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('complete', 0);
  });
});
