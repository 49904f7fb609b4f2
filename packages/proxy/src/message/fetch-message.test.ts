import { describe, expect, it, vi } from 'vitest';

import { Aborter } from '../abort/abort-source.ts';
import { toRequest, toResponse, toWebStream } from './fetch-message.ts';
import { copyFields, headersOf, type ByteResult, type ByteStream } from './message.ts';

/** Content that is no ReadableStream. */
function content(
  chunks: readonly string[],
  cancel: (reason?: unknown) => Promise<void> = async () => undefined,
): ByteStream {
  const left = chunks.map((text) => new TextEncoder().encode(text));
  const read = async (): Promise<ByteResult> => {
    const value = left.shift();
    return value === undefined ? { done: true, value } : { done: false, value };
  };
  return { getReader: () => ({ read, cancel }), cancel };
}

describe('a message that is no Request', () => {
  it('can become one, which is aborted with it', async () => {
    const signal = new Aborter();
    const headers = new Headers({ 'x-a': '1' });
    const url = 'http://shop.example/a?b';
    const body = content(['some', 'thing']);
    const request = toRequest({ method: 'POST', url, headers, body, signal });
    expect(request).toMatchObject({ method: 'POST', url });
    expect(request.headers.get('x-a')).toBe('1');
    expect(await request.text()).toBe('something');
    signal.abort(new Error('gone'));
    expect(request.signal).toMatchObject({ aborted: true });
  });
});

describe('an answer', () => {
  it.each([
    ['text', 'something'],
    ['content', content(['some', 'thing'])],
  ])('of %s can become a Response', async (_, body) => {
    const headers = new Headers({ 'x-a': '1' });
    const response = toResponse({ status: 203, statusText: 'Told', headers, body });
    expect(response).toMatchObject({ status: 203, statusText: 'Told' });
    expect(response.headers.get('x-a')).toBe('1');
    expect(await response.text()).toBe('something');
  });
});

describe('content as a ReadableStream', () => {
  it('is the very same where it is one, or nothing', () => {
    const stream = new ReadableStream<Uint8Array>();
    expect(toWebStream(stream)).toBe(stream);
    expect(toWebStream(null)).toBeNull();
  });

  it('is cancelled with it', async () => {
    const cancel = vi.fn<(reason?: unknown) => Promise<void>>(async () => undefined);
    await toWebStream(content(['a'], cancel))?.cancel('enough');
    expect(cancel).toHaveBeenCalledExactlyOnceWith('enough');
  });
});

describe('fields', () => {
  it('are the very same as Headers where they are, and copied where they are to change', () => {
    const headers = new Headers({ 'x-a': '1' });
    expect(headersOf(headers)).toBe(headers);
    const copy = copyFields(headers);
    copy.set('x-a', '2');
    expect(headers.get('x-a')).toBe('1');
  });
});
