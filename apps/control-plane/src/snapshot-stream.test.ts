import { compile } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { snapshotStream } from './snapshot-stream.ts';

function snapshotOf(count: number) {
  const services = Array.from(
    { length: count },
    (_, index) =>
      `{ apiVersion: v1, kind: Service, metadata: { name: s-${index} }, spec: { ports: [{ port: 80 }] } }`,
  );
  return compile(services.join('\n---\n')).snapshot;
}

describe('a Snapshot that is streamed', () => {
  it.each([0, 1, 33, 1_000])('of %i Services is the same JSON', async (count) => {
    const snapshot = snapshotOf(count);
    expect(await new Response(snapshotStream(7, snapshot)).json()).toEqual({
      revision: 7,
      snapshot,
    });
  });

  it('comes in pieces where it is large', async () => {
    const lengths: number[] = [];
    for await (const piece of snapshotStream(7, snapshotOf(2_000))) lengths.push(piece.length);
    expect(lengths.length).toBeGreaterThan(2);
    expect(Math.max(...lengths)).toBeLessThan(128 * 1024);
  });
});
