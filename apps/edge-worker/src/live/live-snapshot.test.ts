import { diffSnapshots, type Snapshot } from '@portolan/engine';
import { compile } from 'portolan';
import { describe, expect, it } from 'vitest';

import { liveSnapshot, type LiveSnapshot } from './live-snapshot.ts';
import type { SnapshotSource } from './snapshot-source.ts';
import type { SnapshotUpdate } from './snapshot-update.ts';

function snapshotOf(...names: readonly string[]) {
  const services = names.map(
    (name) =>
      `{ apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: { ports: [{ port: 80 }] } }`,
  );
  return compile(services.join('\n---\n')).snapshot;
}

const [bundled, newer, newest] = [snapshotOf('a'), snapshotOf('a', 'b'), snapshotOf('a', 'b', 'c')];

/** What a control plane of another version might publish. */
function ofFormat(format: number): Snapshot {
  const published: Snapshot = JSON.parse(JSON.stringify({ ...newer, format }));
  return published;
}

type Answer = SnapshotUpdate | Error | undefined;

/** A source that answers with one after another, and notes the versions that it was asked with. */
function source(name: SnapshotSource['name'], ...answers: readonly (Answer | Promise<Answer>)[]) {
  const asked: string[] = [];
  let next = 0;
  return {
    name,
    asked,
    latest: async (version: string) => {
      asked.push(version);
      const answer = await answers[Math.min(next, answers.length - 1)];
      next += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

function started(...sources: readonly SnapshotSource[]) {
  let time = 1_000_000;
  const swapped: string[] = [];
  const warnings: string[] = [];
  const live = liveSnapshot({
    bundled,
    sources,
    interval: 1_000,
    firstWait: 50,
    onSnapshot: ({ version }) => void swapped.push(version),
    warn: (message) => void warnings.push(message),
    now: () => time,
  });
  return {
    live,
    swapped,
    warnings,
    /** A request some milliseconds later, and all that it set going. */
    request: async (later = 1_000) => {
      time += later;
      const background: Promise<unknown>[] = [];
      const waited = live.touch((promise) => void background.push(promise));
      await Promise.all([waited, ...background]);
      return { waited: waited !== undefined, checks: background.length };
    },
  };
}

function served({ snapshot, status }: LiveSnapshot) {
  return { version: snapshot().version, status: status() };
}

describe('the Snapshot that an isolate serves', () => {
  it('is the bundled one where there is nobody to ask', async () => {
    const { live, request } = started();
    expect(await request()).toEqual({ waited: false, checks: 0 });
    expect(served(live)).toEqual({
      version: bundled.version,
      status: { version: bundled.version, source: 'bundled' },
    });
  });

  it('is the one of the source from the first request on, which waits for it', async () => {
    const { live, request, swapped } = started(
      source('control-plane', { revision: 1, snapshot: newer }),
    );
    expect(await request()).toEqual({ waited: true, checks: 1 });
    expect(served(live)).toEqual({
      version: newer.version,
      status: { version: newer.version, source: 'control-plane', checkedAt: 1_001_000 },
    });
    expect(swapped).toEqual([newer.version]);
    expect(await request()).toEqual({ waited: false, checks: 1 });
    expect(swapped).toHaveLength(1);
  });

  it('is asked for once in an interval, with the version that is served', async () => {
    const controlPlane = source('control-plane', { revision: 1, snapshot: newer }, undefined);
    const { request } = started(controlPlane);
    await request();
    expect(await request(999)).toMatchObject({ checks: 0 });
    expect(await request(1)).toMatchObject({ checks: 1 });
    expect(controlPlane.asked).toEqual([bundled.version, newer.version]);
  });

  it('goes on from what it is by what has changed', async () => {
    const { live, request } = started(
      source(
        'control-plane',
        { revision: 1, snapshot: newer },
        { revision: 2, delta: diffSnapshots(newer, newest) },
      ),
    );
    await request();
    await request();
    expect(live.snapshot()).toEqual(newest);
  });

  it('comes from the next source where one fails, and stays where all do', async () => {
    const failure = new Error('out to lunch');
    const controlPlane = source('control-plane', failure);
    const kv = source('kv', { revision: 1, snapshot: newer }, failure);
    const { live, request, warnings } = started(controlPlane, kv);
    await request();
    expect(served(live)).toMatchObject({ version: newer.version, status: { source: 'kv' } });
    await request();
    expect(warnings).toEqual([]);
    await request();
    await request();
    expect(served(live)).toEqual({
      version: newer.version,
      status: {
        version: newer.version,
        source: 'kv',
        checkedAt: 1_001_000,
        failure: 'control-plane: out to lunch; kv: out to lunch',
      },
    });
    expect(warnings).toEqual(['no newer Snapshot: control-plane: out to lunch; kv: out to lunch']);
  });

  it('never goes back to an older one, as KV may still have it', async () => {
    const { live, request } = started(
      source('control-plane', { revision: 7, snapshot: newest }, new Error('gone')),
      source('kv', { revision: 6, snapshot: newer }),
    );
    await request();
    await request();
    expect(served(live)).toMatchObject({ version: newest.version });
  });

  it('goes back where the control plane was set back', async () => {
    const { live, request } = started(
      source(
        'control-plane',
        { revision: Number.MAX_SAFE_INTEGER, snapshot: newest },
        { revision: 1, snapshot: newer },
      ),
    );
    await request();
    await request();
    expect(served(live)).toMatchObject({ version: newer.version });
  });

  it('stays where the gateway does not take another', async () => {
    const { live, request, swapped } = started(
      source('control-plane', { revision: 1, snapshot: newer }),
      source('kv', { revision: 1, snapshot: newest }),
    );
    swapped.push = (version) => {
      if (version === newer.version) throw new Error('no');
      return Array.prototype.push.call(swapped, version);
    };
    await request();
    expect([...swapped]).toEqual([bundled.version, newest.version]);
    expect(served(live)).toMatchObject({ version: newest.version, status: { source: 'kv' } });
  });

  it.each([
    ['of another format', { revision: 1, snapshot: ofFormat(5) }, /format 5/],
    [
      'that follows another Snapshot',
      { revision: 1, delta: diffSnapshots(newer, newest) },
      /delta/,
    ],
  ])('is none %s', async (_, update, warning) => {
    const { live, request, warnings } = started(source('control-plane', update));
    await request();
    await request();
    expect(served(live)).toMatchObject({ version: bundled.version, status: { source: 'bundled' } });
    expect(warnings).toEqual([expect.stringMatching(warning)]);
  });

  it('is waited for no longer than firstWait, and by nobody after that', async () => {
    const { live } = started(source('control-plane', new Promise<never>(() => {})));
    const background: Promise<unknown>[] = [];
    await live.touch((promise) => void background.push(promise));
    expect(live.snapshot()).toBe(bundled);
    expect(background).toHaveLength(1);
  });
});
