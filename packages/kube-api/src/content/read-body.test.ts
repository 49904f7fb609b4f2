import { describe, expect, it } from 'vitest';

import { readBody } from './read-body.ts';

/** A request whose content begins and never ends. */
function endless(onCancel: () => void, ...chunks: readonly Uint8Array[]): Request {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(chunk);
    },
    cancel: onCancel,
  });
  const init = { method: 'POST', body, duplex: 'half' };
  return new Request('http://localhost/', init);
}

describe("a request's content", () => {
  it('is put together from its chunks', async () => {
    const request = new Request('http://localhost/', { method: 'POST', body: 'content' });
    expect(new TextDecoder().decode(await readBody(request, 7))).toBe('content');
  });

  it('is 413 where it is a byte too much, whether it ends or not', async () => {
    const request = endless(() => undefined, new Uint8Array(4), new Uint8Array(4));
    await expect(readBody(request, 7)).rejects.toMatchObject({ status: { code: 413 } });
  });

  it('is 408 where it does not come in time, and no more of it is taken', async () => {
    let isCancelled = false;
    const request = endless(() => void (isCancelled = true), new Uint8Array(4));
    await expect(readBody(request, 7, 10)).rejects.toMatchObject({
      status: { code: 408, reason: 'Timeout' },
    });
    expect(isCancelled).toBe(true);
  });
});
