import type { ByteController, ByteSource, ByteStream } from '@portolan/proxy';
import { describe, expect, it, vi } from 'vitest';

import { SourceStream } from './source-stream.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The stream, and as the oracle the one of the Streams standard. */
const KINDS: readonly (readonly [string, (source: ByteSource) => ByteStream])[] = [
  ['a stream from a source', (source) => new SourceStream(source)],
  ['another of its kind', (source) => new SourceStream({ pull, cancel: pull }).another(source)],
  ['a ReadableStream', (source) => new ReadableStream(source, { highWaterMark: 0 })],
];

function pull(): void {
  // Nothing comes.
}

/** A stream, and the hand that feeds it. */
function fed(
  make: (source: ByteSource) => ByteStream,
  source: Partial<ByteSource> = {},
): { readonly stream: ByteStream; readonly controller: ByteController } {
  let controller: ByteController | undefined;
  const stream = make({ start: (own) => void (controller = own), pull, cancel: pull, ...source });
  if (controller === undefined) throw new TypeError('start was not called');
  return { stream, controller };
}

describe.each(KINDS)('%s', (_, make) => {
  it('is asked for no more than is read', async () => {
    let count = 0;
    const asked = vi.fn<(controller: ByteController) => void>((controller) => {
      count += 1;
      controller.enqueue(bytes(`${count}`));
    });
    const reader = make({ pull: asked, cancel: pull }).getReader();
    expect(asked).not.toHaveBeenCalled();
    await expect(reader.read()).resolves.toEqual({ done: false, value: bytes('1') });
    await expect(reader.read()).resolves.toEqual({ done: false, value: bytes('2') });
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('gives what came before its end, then the end', async () => {
    const { stream, controller } = fed(make);
    controller.enqueue(bytes('a'));
    controller.enqueue(bytes('b'));
    controller.close();
    const reader = stream.getReader();
    await expect(reader.read()).resolves.toEqual({ done: false, value: bytes('a') });
    await expect(reader.read()).resolves.toEqual({ done: false, value: bytes('b') });
    await expect(reader.read()).resolves.toEqual({ done: true, value: undefined });
    await expect(reader.read()).resolves.toEqual({ done: true, value: undefined });
    await expect(reader.cancel()).resolves.toBeUndefined();
  });

  it('gives a reader that waits what comes, the end, or the error', async () => {
    const first = fed(make);
    const reading = first.stream.getReader().read();
    first.controller.enqueue(bytes('a'));
    await expect(reading).resolves.toEqual({ done: false, value: bytes('a') });
    const second = fed(make);
    const ending = second.stream.getReader().read();
    second.controller.close();
    await expect(ending).resolves.toEqual({ done: true, value: undefined });
    const third = fed(make);
    const breaking = third.stream.getReader().read();
    third.controller.error(new Error('broke'));
    await expect(breaking).rejects.toThrow('broke');
  });

  it('that broke gives nothing more, and can not be cancelled', async () => {
    const { stream, controller } = fed(make);
    controller.enqueue(bytes('a'));
    controller.error(new Error('broke'));
    const reader = stream.getReader();
    await expect(reader.read()).rejects.toThrow('broke');
    await expect(reader.read()).rejects.toThrow('broke');
    await expect(reader.cancel()).rejects.toThrow('broke');
  });

  it('breaks where its source can not be asked', async () => {
    const failing = async (): Promise<void> => {
      throw new Error('no source');
    };
    const reader = make({ pull: failing, cancel: pull }).getReader();
    await expect(reader.read()).rejects.toThrow('no source');
  });

  it('asks again where nothing came of it and somebody reads', async () => {
    let turn = 0;
    const reader = make({
      pull: async (controller) => {
        turn += 1;
        controller.enqueue(bytes(`${turn}`));
        await Promise.resolve();
      },
      cancel: pull,
    }).getReader();
    await reader.read();
    await expect(reader.read()).resolves.toEqual({ done: false, value: bytes('2') });
  });

  it('is cancelled by who reads it, and by nobody else', async () => {
    const cancel = vi.fn<(reason: unknown) => void>();
    const { stream } = fed(make, { cancel });
    const reader = stream.getReader();
    await expect(stream.cancel('other')).rejects.toThrow(TypeError);
    expect(cancel).not.toHaveBeenCalled();
    await reader.cancel('own');
    expect(cancel).toHaveBeenCalledExactlyOnceWith('own');
    await expect(reader.read()).resolves.toEqual({ done: true, value: undefined });
  });

  it('ends for who waits when it is cancelled', async () => {
    const reader = fed(make).stream.getReader();
    const reading = reader.read();
    await reader.cancel();
    await expect(reading).resolves.toEqual({ done: true, value: undefined });
  });

  it('has one reader', () => {
    const { stream } = fed(make);
    stream.getReader();
    expect(() => stream.getReader()).toThrow(TypeError);
  });
});
