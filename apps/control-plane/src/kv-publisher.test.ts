import { compile } from '@portolan/compile';
import type { Snapshot } from '@portolan/engine';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { publishToKV } from './kv-publisher.ts';

function snapshotOf(name: string): Snapshot {
  return compile(
    `{ apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: { ports: [{ port: 80 }] } }`,
  ).snapshot;
}

const [first, second, third] = [snapshotOf('a'), snapshotOf('b'), snapshotOf('c')];

const INTERVAL = 30_000;

/** A feed, and a namespace that notes what it is given, as KV would take it. */
function published({ isInUse = true } = {}) {
  let snapshot = first;
  let listener: (snapshot: Snapshot) => void = () => undefined;
  const written: {
    readonly key: string;
    readonly document: unknown;
    readonly metadata: unknown;
  }[] = [];
  const warnings: string[] = [];
  const state = { isInUse, isBroken: false };
  const close = publishToKV({
    kv: {
      put: async (key, value, { metadata }) => {
        if (state.isBroken) throw new Error('429 Too Many Requests');
        const unzipped = value.pipeThrough(new DecompressionStream('gzip'));
        written.push({ key, document: await new Response(unzipped).json(), metadata });
      },
    },
    feed: {
      snapshot: () => snapshot,
      subscribe: (each) => {
        listener = each;
        return () => (listener = () => undefined);
      },
    },
    revision: () => 7,
    isInUse: () => state.isInUse,
    interval: INTERVAL,
    warn: (message) => void warnings.push(message),
  });
  return {
    state,
    written,
    warnings,
    close,
    versions: () => written.map(({ metadata }) => Object(metadata).version),
    publish: (next: Snapshot) => {
      snapshot = next;
      listener(next);
    },
  };
}

/** Lets streams run, which no fake clock holds up, until as much has been written; the clock goes on by a second at most. */
const until = (count: number, written: readonly unknown[]) =>
  vi.waitFor(() => expect(written).toHaveLength(count));

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

describe('the Snapshot in KV', () => {
  it('is there as soon as there is one, packed, with its version beside it', async () => {
    const { written } = published();
    await until(1, written);
    expect(written[0]).toEqual({
      key: 'snapshot',
      document: { revision: 7, snapshot: first },
      metadata: { version: first.version, revision: 7 },
    });
  });

  it('is written once in an interval, with all that has changed since', async () => {
    const { written, publish, versions } = published();
    await until(1, written);
    publish(second);
    publish(third);
    vi.advanceTimersByTime(INTERVAL - 2_000);
    expect(versions()).toEqual([first.version]);
    vi.advanceTimersByTime(2_000);
    await until(2, written);
    expect(versions()).toEqual([first.version, third.version]);
  });

  it('is not written again where nothing has changed', async () => {
    const { written, publish } = published();
    await until(1, written);
    publish(first);
    vi.advanceTimersByTime(10 * INTERVAL);
    expect(written).toHaveLength(1);
  });

  it('is written later where KV would not take it', async () => {
    const { written, publish, state, warnings, versions } = published();
    await until(1, written);
    state.isBroken = true;
    publish(second);
    vi.advanceTimersByTime(INTERVAL);
    await vi.waitFor(() => expect(warnings).toEqual(['KV: 429 Too Many Requests']));
    state.isBroken = false;
    vi.advanceTimersByTime(INTERVAL);
    await until(2, written);
    expect(versions()).toEqual([first.version, second.version]);
  });

  it('is none as long as there is nothing, and none after it was closed', async () => {
    const { written, publish, state, close } = published({ isInUse: false });
    publish(second);
    vi.advanceTimersByTime(INTERVAL);
    state.isInUse = true;
    publish(third);
    await until(1, written);
    close();
    publish(first);
    vi.advanceTimersByTime(10 * INTERVAL);
    expect(written).toHaveLength(1);
  });
});
