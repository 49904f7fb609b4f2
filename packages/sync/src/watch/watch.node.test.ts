import { Readable } from 'node:stream';

import * as Effect from 'effect/Effect';
import * as Stream from 'effect/Stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ClusterFault } from '../cluster/cluster-fault.ts';
import { watchEvents, type WatchEvent } from './watch.ts';

const SILENCE = 10_000;

interface Watched {
  readonly events: readonly WatchEvent[];
  readonly fault?: ClusterFault;
}

async function watched(body: Readable, silence = SILENCE): Promise<Watched> {
  const events: WatchEvent[] = [];
  const run = Stream.runForEach(watchEvents(body, silence), (event) =>
    Effect.sync(() => void events.push(event)),
  ).pipe(
    Effect.map((): Watched => ({ events })),
    Effect.catch((fault) => Effect.succeed({ events, fault })),
  );
  return Effect.runPromise(run);
}

function line(type: string, name: string, resourceVersion: string): string {
  return `${JSON.stringify({ type, object: { metadata: { name, resourceVersion } } })}\n`;
}

const BOOKMARK = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '7' } } };

describe('a watch', () => {
  it('says the same however its bytes are cut', async () => {
    const text =
      line('ADDED', 'Überseehafen', '1') + line('DELETED', 'b', '2') + line('MODIFIED', 'c', '3');
    const bytes = Buffer.from(text);
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }));
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const places = [0, ...at.toSorted((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        const { events, fault } = await watched(Readable.from(pieces));
        expect(fault).toBeUndefined();
        expect(events.map(({ type, resourceVersion }) => [type, resourceVersion])).toEqual([
          ['ADDED', '1'],
          ['DELETED', '2'],
          ['MODIFIED', '3'],
        ]);
      }),
      { numRuns: 30 },
    );
  });

  it('has bookmarks, and one that ends what was there at the beginning', async () => {
    const annotations = { 'k8s.io/initial-events-end': 'true' };
    const end = { ...BOOKMARK, object: { metadata: { resourceVersion: '8', annotations } } };
    const { events } = await watched(
      Readable.from(
        [`${JSON.stringify(BOOKMARK)}\n${JSON.stringify(end)}\n`].map((text) => Buffer.from(text)),
      ),
    );
    expect(events).toEqual([
      { type: 'BOOKMARK', resourceVersion: '7', endsInitialEvents: false },
      { type: 'BOOKMARK', resourceVersion: '8', endsInitialEvents: true },
    ]);
  });

  it('ends where its stream does, be it within a line', async () => {
    const { events, fault } = await watched(
      Readable.from([Buffer.from(line('ADDED', 'a', '1') + '{"type":"ADD')]),
    );
    expect(events).toHaveLength(1);
    expect(fault).toBeUndefined();
  });

  it.each([
    ['{"type":\n', true],
    ['{"type":"ADDED"}\n', true],
    ['{"type":"ADDED","object":{"metadata":{"resourceVersion":"1"}}}\n', true],
    ['{"type":"ADDED","object":{"metadata":{"name":"a"}}}\n', true],
    ['{"type":"LOST","object":{"metadata":{"name":"a","resourceVersion":"1"}}}\n', true],
    ['[]\n', true],
  ])('does not go on after %j', async (text, isUnreadable) => {
    const { events, fault } = await watched(
      Readable.from([Buffer.from(line('ADDED', 'a', '1') + text + line('ADDED', 'b', '2'))]),
    );
    expect(events).toHaveLength(1);
    expect(fault?.isUnreadable).toBe(isUnreadable);
  });

  it.each([
    [{ code: 410, reason: 'Expired', message: 'too old' }, 410, undefined],
    [{ code: 410, reason: 'Gone' }, 410, undefined],
    [{ code: 500, message: 'it broke' }, 500, undefined],
    [{ code: 429, details: { retryAfterSeconds: 3 } }, 429, 3000],
    [{}, 500, undefined],
  ])('fails as an ERROR says: %j', async (status, code, retryAfter) => {
    const error = JSON.stringify({ type: 'ERROR', object: { kind: 'Status', ...status } });
    const { fault } = await watched(Readable.from([Buffer.from(`${error}\n`)]));
    expect(fault).toMatchObject({ code, retryAfter });
  });

  it('is cut where it says nothing for too long, and lets its connection go', async () => {
    const body = new Readable({ read: () => undefined });
    const { fault } = await watched(body, 20);
    expect(fault?.message).toContain('said nothing');
    expect(body.destroyed).toBe(true);
  });

  it('is read no faster than its events are taken', async () => {
    let read = 0;
    const body = Readable.from(
      (function* () {
        for (; read < 10_000; read += 1) yield Buffer.from(line('ADDED', `a${read}`, '1'));
      })(),
    );
    await Effect.runPromise(Stream.runDrain(Stream.take(watchEvents(body, SILENCE), 10)));
    expect(read).toBeLessThan(100);
    expect(body.destroyed).toBe(true);
  });
});
