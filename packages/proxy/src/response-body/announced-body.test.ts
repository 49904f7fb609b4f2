import { describe, expect, it, vi } from 'vitest';

import { Aborter } from '../abort/abort-source.ts';
import { toResponse } from '../message/fetch-message.ts';
import { fixedLength } from '../message/fixed-length.ts';
import { announcedBody } from './announced-body.ts';
import type { BodyEnd } from './response-body.ts';

const isOnWorkers = 'FixedLengthStream' in globalThis;

const SMALL = 5;
const LARGE = 100_000;

/** An answer that announces so many bytes and gives them in two pieces, or fails between them. */
async function answer(length: number, { fails = false, signal = new Aborter() } = {}) {
  const piece = new Uint8Array(Math.ceil(length / 2)).fill(7);
  let given = 0;
  const cancelled = vi.fn<() => void>();
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (given > 0 && fails) {
          controller.error(new Error('broke off'));
          return;
        }
        const rest = piece.subarray(0, Math.min(piece.byteLength, length - given));
        given += rest.byteLength;
        controller.enqueue(rest);
        if (given === length) controller.close();
      },
      cancel: cancelled,
    },
    { highWaterMark: 0 },
  );
  const fixed = fixedLength(stream, new Headers({ 'content-length': `${length}` }));
  if (fixed === undefined) throw new Error('no length');
  const onEnd = vi.fn<(end: BodyEnd, bytes?: number) => void>();
  const { body } = toResponse({
    status: 200,
    statusText: '',
    headers: new Headers(),
    body: await announcedBody(fixed, { signal, onEnd }),
  });
  return { body, onEnd, cancelled };
}

describe.skipIf(!isOnWorkers)('a body of announced length (skipped but on Workers)', () => {
  it.each([SMALL, LARGE])('of %d bytes is passed on whole, and told', async (length) => {
    const { body, onEnd } = await answer(length);
    expect((await new Response(body).bytes()).byteLength).toBe(length);
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalled());
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('complete', length);
  });

  it.each([SMALL, LARGE])(
    'of %d bytes that breaks off is an error for the client',
    async (length) => {
      const { body, onEnd } = await answer(length, { fails: true });
      await expect(new Response(body).bytes()).rejects.toThrow('broke off');
      await vi.waitFor(() => expect(onEnd).toHaveBeenCalled());
      expect(onEnd).toHaveBeenCalledExactlyOnceWith('broken', undefined);
    },
  );

  it('is told once as left, and no more, where the client has left', async () => {
    const signal = new Aborter();
    const { body, onEnd } = await answer(LARGE, { signal });
    signal.abort(new Error('left'));
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('aborted', undefined);
    await new Response(body).bytes();
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('is no more asked for where the client cancels', async () => {
    const { body, onEnd, cancelled } = await answer(LARGE);
    const reader = body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalled());
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('aborted', undefined);
    expect(cancelled).toHaveBeenCalledOnce();
  });
});

describe('a length', () => {
  const stream = (): ReadableStream<Uint8Array> => new ReadableStream();

  it('is not announced where there is none', () => {
    expect(fixedLength(stream(), new Headers())).toBeUndefined();
  });

  it.each(['', '5, 5', '-1', '5.0', '99999999999999999'])('is not announced by %j', (announced) => {
    const headers = new Headers({ 'content-length': announced });
    expect(fixedLength(stream(), headers)).toBeUndefined();
  });

  it('is vouched for on Workers alone', () => {
    const fixed = fixedLength(stream(), new Headers({ 'content-length': '5' }));
    expect(fixed?.length).toBe(isOnWorkers ? 5 : undefined);
  });
});
