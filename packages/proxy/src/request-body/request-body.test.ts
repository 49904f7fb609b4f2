import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { toWebStream } from '../message/fetch-message.ts';
import type { ByteReader } from '../message/message.ts';
import { exceeds, requestBody, type RequestBody } from './request-body.ts';

interface Upload {
  readonly request: Pick<Request, 'body' | 'headers'>;
  /** Gives the next chunk; resolves when it has been taken. */
  readonly give: (...bytes: readonly number[]) => Promise<void>;
  readonly end: () => Promise<void>;
  readonly fail: (reason: Error) => void;
  /** Why the client was told to stop. */
  readonly cancelled: ReturnType<typeof vi.fn<(reason: unknown) => void>>;
}

/** A request whose body is given chunk by chunk. */
function upload(headers: Readonly<Record<string, string>> = {}): Upload {
  const cancelled = vi.fn<(reason: unknown) => void>();
  let asked = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>>();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull: (controller) => asked.resolve(controller),
      cancel: cancelled,
    },
    { highWaterMark: 0 },
  );
  const turn = async (
    act: (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => void,
  ): Promise<void> => {
    const controller = await asked.promise;
    asked = Promise.withResolvers();
    act(controller);
  };
  return {
    request: { body, headers: new Headers(headers) },
    give: (...bytes) => turn((controller) => controller.enqueue(Uint8Array.from(bytes))),
    end: () => turn((controller) => controller.close()),
    fail: (reason) => void turn((controller) => controller.error(reason)),
    cancelled,
  };
}

const isOnWorkers = 'FixedLengthStream' in globalThis;

const readerOf = (body: RequestBody): ByteReader => {
  const stream = body.send();
  if (stream === null) throw new Error('there is no body');
  return stream.getReader();
};

const next = async (reader: ByteReader): Promise<readonly number[] | 'end'> => {
  const { done, value } = await reader.read();
  return done ? 'end' : [...value];
};

const ofBytes = (...bytes: readonly number[]): Request =>
  new Request('http://shop.example/', { method: 'POST', body: Uint8Array.from(bytes) });

/** Lets what is due happen. */
const turnOver = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a body of which nothing is asked', () => {
  it('is the request’s own stream', () => {
    const request = ofBytes(1);
    const body = requestBody(request, { keep: 0 });
    expect(body.isRepeatable()).toBe(true);
    expect(body.send()).toBe(request.body);
    expect(body.signal()).toBeUndefined();
  });

  it('can’t be sent again, for nobody knows what was taken', () => {
    const body = requestBody(ofBytes(1), { keep: 0 });
    body.send();
    expect(body.isRepeatable()).toBe(false);
  });

  it('is cancelled with the request, unless somebody is reading it', async () => {
    const unread = upload();
    requestBody(unread.request, { keep: 0 }).close();
    expect(unread.cancelled).toHaveBeenCalled();

    const read = upload();
    const body = requestBody(read.request, { keep: 0 });
    const reader = readerOf(body);
    body.close();
    await Promise.all([read.give(1), expect(next(reader)).resolves.toEqual([1])]);
  });
});

describe('no body', () => {
  it('stays none, and can be sent again and again', () => {
    const body = requestBody(new Request('http://shop.example/'), { keep: 10, limit: 1 });
    expect(body.send()).toBeNull();
    expect(body.isRepeatable()).toBe(true);
    expect(body.send()).toBeNull();
    body.close();
    expect(body.fault()).toBeUndefined();
  });
});

describe('a body on its way', () => {
  it('is passed on chunk by chunk, asked for by the endpoint alone', async () => {
    const pull =
      vi.fn<(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => void>();
    const source = new ReadableStream<Uint8Array<ArrayBuffer>>({ pull }, { highWaterMark: 0 });
    const body = requestBody({ body: source, headers: new Headers() }, { keep: 10 });
    const reader = readerOf(body);
    await turnOver();
    expect(pull).not.toHaveBeenCalled();
    pull.mockImplementation((controller) => controller.enqueue(Uint8Array.of(1, 2)));
    expect(await next(reader)).toEqual([1, 2]);
    await turnOver();
    expect(pull).toHaveBeenCalledTimes(1);
  });

  it('says whose turn it is', async () => {
    const turns: string[] = [];
    const { request, give, end } = upload();
    const body = requestBody(request, {
      keep: 0,
      onAsked: () => turns.push('client'),
      onGiven: () => turns.push('endpoint'),
    });
    const reader = readerOf(body);
    expect(turns).toEqual([]);
    const first = next(reader);
    await turnOver();
    expect(turns).toEqual(['client']);
    await give(1);
    await first;
    expect(turns).toEqual(['client', 'endpoint']);
    const last = next(reader);
    await end();
    await last;
    expect(turns).toEqual(['client', 'endpoint', 'client', 'endpoint']);
  });

  it('makes it the endpoint’s turn again where that wants no more', async () => {
    const turns: string[] = [];
    const { request } = upload();
    const body = requestBody(request, {
      keep: 0,
      onAsked: () => turns.push('client'),
      onGiven: () => turns.push('endpoint'),
    });
    const reader = readerOf(body);
    const asked = reader.read();
    await turnOver();
    await reader.cancel();
    await asked;
    expect(turns).toEqual(['client', 'endpoint']);
  });

  it('leaves out chunks without content', async () => {
    const { request, give, end } = upload();
    const reader = readerOf(requestBody(request, { keep: 10 }));
    const first = next(reader);
    await give();
    await give();
    await give(1);
    expect(await first).toEqual([1]);
    const last = next(reader);
    await give();
    await end();
    expect(await last).toBe('end');
  });

  it('fails as the client’s fails', async () => {
    const { request, fail } = upload();
    const body = requestBody(request, { keep: 10 });
    const asked = next(readerOf(body));
    const reason = new Error('gone');
    fail(reason);
    await expect(asked).rejects.toBe(reason);
    expect(body.fault()).toBe('Broken');
    expect(body.signal()?.reason).toBe(reason);
    expect(body.isRepeatable()).toBe(false);
  });

  it.runIf(isOnWorkers)('vouches for its length on Workers', async () => {
    const { request, give, end } = upload({ 'content-length': '2' });
    const reader = readerOf(requestBody(request, { keep: 10, limit: 10 }));
    const first = next(reader);
    await give(1);
    expect(await first).toEqual([1]);
    const rest = next(reader);
    await end();
    // A byte less than was announced.
    await expect(rest).rejects.toThrow('FixedLengthStream');
  });
});

describe.runIf(isOnWorkers)('a small body of announced length on Workers', () => {
  it('is read before it is sent, as often as is asked for', async () => {
    const { request, give, end } = upload({ 'content-length': '3' });
    const body = requestBody(request, { keep: 10 });
    const arrived = body.arrive?.();
    await give(1, 2);
    await give(3);
    await end();
    await arrived;
    await body.arrive?.();
    for (let time = 0; time < 2; time++) {
      const reader = readerOf(body);
      expect(await next(reader)).toEqual([1, 2, 3]);
      expect(await next(reader)).toBe('end');
      expect(body.isRepeatable()).toBe(true);
    }
  });

  it('fails as the client’s does', async () => {
    const { request, give, fail } = upload({ 'content-length': '3' });
    const body = requestBody(request, { keep: 10 });
    const arrived = body.arrive?.();
    await give(1);
    fail(new Error('gone'));
    await expect(arrived).rejects.toThrow('gone');
    expect(body.fault()).toBe('Broken');
    expect(body.isRepeatable()).toBe(false);
  });

  it('is none where there is less than was announced', async () => {
    const { request, give, end } = upload({ 'content-length': '2' });
    const body = requestBody(request, { keep: 10 });
    const arrived = body.arrive?.();
    await give(1);
    await end();
    await expect(arrived).rejects.toThrow('1 bytes came, 2 were announced');
    expect(body.fault()).toBe('Broken');
  });

  it('is cancelled where nobody has asked for it', async () => {
    const { request, cancelled } = upload({ 'content-length': '2' });
    requestBody(request, { keep: 10 }).close();
    await turnOver();
    expect(cancelled).toHaveBeenCalledOnce();
  });
});

describe('a body with a limit', () => {
  it('may be as large', async () => {
    const body = requestBody(ofBytes(1, 2, 3), { keep: 0, limit: 3 });
    expect(await new Response(toWebStream(body.send())).bytes()).toEqual(Uint8Array.of(1, 2, 3));
    expect(body.fault()).toBeUndefined();
  });

  it('breaks off before a byte too many is passed on', async () => {
    const { request, give, cancelled } = upload();
    const body = requestBody(request, { keep: 10, limit: 3 });
    const reader = readerOf(body);
    const first = next(reader);
    await give(1, 2);
    expect(await first).toEqual([1, 2]);
    const second = next(reader);
    await give(3, 4);
    await expect(second).rejects.toThrow('larger than 3 bytes');
    expect(body.fault()).toBe('TooLarge');
    expect(body.isRepeatable()).toBe(false);
    expect(() => body.send()).toThrow('again');
    // The client can still be answered.
    expect(cancelled).not.toHaveBeenCalled();
    body.close();
    expect(cancelled).toHaveBeenCalled();
  });

  it('aborts the request before the stream errors', async () => {
    const body = requestBody(ofBytes(1, 2), { keep: 0, limit: 1 });
    const reader = readerOf(body);
    const signal = body.signal();
    expect(signal?.aborted).toBe(false);
    const order: string[] = [];
    signal?.addEventListener('abort', () => void order.push('abort'));
    await reader.read().catch(() => order.push('error'));
    expect(order).toEqual(['abort', 'error']);
  });

  it('counts what is sent again once', async () => {
    const body = requestBody(ofBytes(1, 2, 3), { keep: 3, limit: 3 });
    for (let time = 0; time < 3; time += 1) {
      expect(await new Response(toWebStream(body.send())).bytes()).toEqual(Uint8Array.of(1, 2, 3));
    }
  });

  it('is refused by what it announces', () => {
    const announcing = (length?: string): Headers =>
      new Headers(length === undefined ? {} : { 'content-length': length });
    expect(exceeds(announcing('4'), 3)).toBe(true);
    expect(exceeds(announcing('3'), 3)).toBe(false);
    expect(exceeds(announcing(), 3)).toBe(false);
    expect(exceeds(announcing('4'), undefined)).toBe(false);
    expect(exceeds(announcing('1'), 0)).toBe(true);
  });
});

describe('a body that has to keep moving', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('breaks off where the client leaves the endpoint waiting', async () => {
    const { request } = upload();
    const body = requestBody(request, { keep: 10, idleTimeout: 1000 });
    const asked = next(readerOf(body));
    asked.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(999);
    expect(body.fault()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(body.fault()).toBe('Stalled');
    expect(body.signal()?.aborted).toBe(true);
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(body.isRepeatable()).toBe(false);
  });

  it('may wait for the endpoint as long as that likes', async () => {
    const { request, give } = upload();
    const body = requestBody(request, { keep: 10, idleTimeout: 1000 });
    const reader = readerOf(body);
    await vi.advanceTimersByTimeAsync(5000);
    const asked = next(reader);
    await vi.advanceTimersByTimeAsync(999);
    await give(1);
    expect(await asked).toEqual([1]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(body.fault()).toBeUndefined();
  });

  it('has no limit once nobody waits any more', async () => {
    const { request } = upload();
    const body = requestBody(request, { keep: 10, idleTimeout: 1000 });
    const reader = readerOf(body);
    void reader.read();
    await reader.cancel();
    await vi.advanceTimersByTimeAsync(5000);
    expect(body.fault()).toBeUndefined();
    void readerOf(body)
      .read()
      .catch(() => undefined);
    body.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(body.fault()).toBeUndefined();
  });
});

describe('a body that is sent again', () => {
  it('begins with what was kept and goes on with the rest', async () => {
    const { request, give, end } = upload();
    const body = requestBody(request, { keep: 10 });
    const first = readerOf(body);
    for (const chunk of [[1, 2], [3]]) {
      const asked = next(first);
      await give(...chunk);
      expect(await asked).toEqual(chunk);
    }
    await first.cancel();
    expect(body.isRepeatable()).toBe(true);
    const second = readerOf(body);
    expect(await next(second)).toEqual([1, 2, 3]);
    const asked = next(second);
    await give(4);
    expect(await asked).toEqual([4]);
    const last = next(second);
    await end();
    expect(await last).toBe('end');
    expect(await new Response(toWebStream(body.send())).bytes()).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  it('loses nothing that was being read as the try before ended', async () => {
    const { request, give, end } = upload();
    const body = requestBody(request, { keep: 0, limit: 10 });
    const first = readerOf(body);
    const lost = first.read();
    await turnOver();
    await first.cancel();
    await lost;
    const second = readerOf(body);
    expect(body.isRepeatable()).toBe(true);
    await give(1, 2);
    expect(await next(second)).toEqual([1, 2]);
    expect(body.isRepeatable()).toBe(false);
    const last = next(second);
    await end();
    expect(await last).toBe('end');
  });

  it('ends the try before', async () => {
    const { request } = upload();
    const body = requestBody(request, { keep: 10 });
    const asked = next(readerOf(body));
    const signal = body.signal();
    body.send();
    await expect(asked).rejects.toThrow('sent again');
    expect(signal?.aborted).toBe(true);
    expect(body.signal()?.aborted).toBe(false);
    expect(body.fault()).toBeUndefined();
  });

  it('does not abort a try that has been given everything', async () => {
    const body = requestBody(ofBytes(1), { keep: 10 });
    await new Response(toWebStream(body.send())).bytes();
    const signal = body.signal();
    body.send();
    body.close();
    expect(signal?.aborted).toBe(false);
  });

  it('is not repeatable once more was passed on than is kept', async () => {
    const { request, give } = upload();
    const body = requestBody(request, { keep: 2 });
    const reader = readerOf(body);
    const first = next(reader);
    await give(1, 2);
    await first;
    expect(body.isRepeatable()).toBe(true);
    const second = next(reader);
    await give(3);
    expect(await second).toEqual([3]);
    expect(body.isRepeatable()).toBe(false);
    expect(() => body.send()).toThrow('again');
    // What has begun goes on.
    const third = next(reader);
    await give(4);
    expect(await third).toEqual([4]);
  });

  it('keeps nothing where more is announced', async () => {
    const { request, give } = upload({ 'content-length': '3' });
    const body = requestBody(request, { keep: 2 });
    const reader = readerOf(body);
    const first = next(reader);
    await give(1);
    await first;
    expect(body.isRepeatable()).toBe(false);
  });

  it('is whole where the endpoint’s side has taken the chunks’ memory away', async () => {
    const body = requestBody(ofBytes(1, 2, 3), { keep: 3 });
    for (let time = 0; time < 3; time += 1) {
      const reader = readerOf(body);
      const { value = new Uint8Array() } = await reader.read();
      expect([...value]).toEqual([1, 2, 3]);
      structuredClone(value, { transfer: [value.buffer] });
      expect(value.byteLength).toBe(0);
    }
  });
});

describe('the client', () => {
  it('is not told that one endpoint wants no more while another may be asked', async () => {
    const { request, cancelled } = upload();
    const body = requestBody(request, { keep: 10 });
    await readerOf(body).cancel(new Error('enough'));
    expect(cancelled).not.toHaveBeenCalled();
    body.settle();
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it('is told when the endpoint of the last try wants no more', async () => {
    const { request, cancelled } = upload();
    const body = requestBody(request, { keep: 10 });
    const reader = readerOf(body);
    body.settle();
    expect(cancelled).not.toHaveBeenCalled();
    const enough = new Error('enough');
    await reader.cancel(enough);
    expect(cancelled).toHaveBeenCalledExactlyOnceWith(enough);
  });

  it('is told when there can’t be another try', async () => {
    const { request, give, cancelled } = upload();
    const body = requestBody(request, { keep: 0, limit: 10 });
    const reader = readerOf(body);
    const first = next(reader);
    await give(1);
    await first;
    const enough = new Error('enough');
    await reader.cancel(enough);
    expect(cancelled).toHaveBeenCalledExactlyOnceWith(enough);
  });

  it('is told when the request is over', async () => {
    const { request, cancelled } = upload();
    const body = requestBody(request, { keep: 10 });
    const asked = next(readerOf(body));
    await turnOver();
    body.close();
    await expect(asked).rejects.toThrow('over');
    expect(cancelled).toHaveBeenCalledOnce();
    expect(body.signal()?.aborted).toBe(true);
    expect(body.fault()).toBeUndefined();
    expect(body.isRepeatable()).toBe(false);
  });
});
