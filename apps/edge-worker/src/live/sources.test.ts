import type { Snapshot } from '@portolan/engine';
import { compile } from 'portolan';
import { describe, expect, it } from 'vitest';

import { controlPlaneSource } from './control-plane-source.ts';
import { kvSource } from './kv-source.ts';
import { liveSnapshot } from './live-snapshot.ts';
import type { SnapshotSource } from './snapshot-source.ts';

const snapshotOf = (name: string): Snapshot =>
  compile(
    `{ apiVersion: v1, kind: Service, metadata: { name: ${name} }, spec: { ports: [{ port: 80 }] } }`,
  ).snapshot;

const [bundled, newer] = [snapshotOf('a'), snapshotOf('b')];

const MEBIBYTE = 1024 * 1024;

const gzip = (text: string): ReadableStream =>
  new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));

/** What there is of a KV namespace to read a Snapshot from. */
function namespace(value: ReadableStream | null, metadata: unknown = null) {
  return { getWithMetadata: async () => ({ value, metadata }) };
}

/** Blanks that take no time to make, and how many bytes of them were taken. */
function blanks(size: number) {
  const chunk = new TextEncoder().encode(' '.repeat(MEBIBYTE));
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (taken >= size) return controller.close();
      taken += chunk.length;
      return controller.enqueue(chunk);
    },
  });
  return { body, taken: () => taken };
}

/** What is served after two checks, and why it isn't something else. */
async function after(...sources: readonly SnapshotSource[]) {
  let time = 0;
  const live = liveSnapshot({
    bundled,
    sources,
    interval: 1000,
    firstWait: 50,
    onSnapshot: () => undefined,
    warn: () => undefined,
    now: () => time,
  });
  for (let turn = 0; turn < 2; turn += 1) {
    time += 1000;
    const checks: Promise<unknown>[] = [];
    void live.touch((check) => void checks.push(check));
    await Promise.all(checks);
  }
  return { ...live.status(), version: live.snapshot().version };
}

const GARBAGE: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['no JSON', '<html>'],
  ['JSON that breaks off', JSON.stringify({ revision: 1, snapshot: newer }).slice(0, -9)],
  ['null', 'null'],
  ['a list', '[]'],
  ['an empty object', '{}'],
  ['a Snapshot without a revision', JSON.stringify({ snapshot: newer })],
  ['a revision beyond numbers', `{"revision":1e999,"snapshot":${JSON.stringify(newer)}}`],
  ['a Snapshot that is null', '{"revision":1,"snapshot":null}'],
  ['an empty Snapshot', '{"revision":1,"snapshot":{}}'],
  ['a Snapshot of nothing but its format', '{"revision":1,"snapshot":{"format":4}}'],
  ...Object.keys(newer).map((part): [string, string] => [
    `a Snapshot whose ${part} is a number`,
    JSON.stringify({ revision: 1, snapshot: { ...newer, [part]: 1 } }),
  ]),
  [
    'a version that is no field of a header',
    JSON.stringify({ revision: 1, snapshot: { ...newer, version: 'a\nb' } }),
  ],
  ['a delta of nothing', '{"revision":1,"delta":{}}'],
  [
    'a delta that leads to garbage',
    JSON.stringify({
      revision: 1,
      delta: { format: bundled.format, from: bundled.version, to: {}, routes: 1 },
    }),
  ],
  [
    'a delta of faulty changes',
    JSON.stringify({
      revision: 1,
      delta: { format: bundled.format, from: bundled.version, to: newer.version, services: 1 },
    }),
  ],
];

describe('what a source says is left alone, and what was good serves on', () => {
  it.each(GARBAGE)('where the control plane answers with %s', async (_, text) => {
    const source = controlPlaneSource({ fetch: async () => new Response(text) });
    expect(await after(source)).toMatchObject({
      version: bundled.version,
      source: 'bundled',
      failure: expect.stringMatching(/^control-plane: ./),
    });
  });

  it.each(GARBAGE)('where KV has %s', async (_, text) => {
    // Each time it is read anew.
    const source: SnapshotSource = {
      name: 'kv',
      latest: (version) => kvSource(namespace(gzip(text))).latest(version),
    };
    expect(await after(source)).toMatchObject({
      version: bundled.version,
      source: 'bundled',
      failure: expect.stringMatching(/^kv: ./),
    });
  });

  it('where KV has what is no gzip', async () => {
    const body = new Blob([JSON.stringify({ revision: 1, snapshot: newer })]).stream();
    await expect(kvSource(namespace(body)).latest('')).rejects.toBeInstanceOf(Error);
  });

  it('where KV has a few bytes that unpack to a gigabyte', async () => {
    const { body, taken } = blanks(1024 * MEBIBYTE);
    const bomb = body.pipeThrough(new CompressionStream('gzip'));
    await expect(kvSource(namespace(bomb)).latest('')).rejects.toThrow(/larger/);
    expect(taken()).toBeLessThan(1024 * MEBIBYTE);
  });

  it('where the control plane sends 100 MB', async () => {
    const { body, taken } = blanks(100 * MEBIBYTE);
    const source = controlPlaneSource({ fetch: async () => new Response(body) });
    await expect(source.latest('')).rejects.toThrow(/larger/);
    expect(taken()).toBeLessThan(40 * MEBIBYTE);
  });
});

describe('what a source says is taken', () => {
  const update = JSON.stringify({ revision: 1, snapshot: newer });

  it('where it is a Snapshot', async () => {
    const controlPlane = controlPlaneSource({ fetch: async () => new Response(update) });
    expect(await controlPlane.latest('')).toEqual(JSON.parse(update));
    expect(await kvSource(namespace(gzip(update))).latest('')).toEqual(JSON.parse(update));
  });

  it.each([1, 'x', [], {}, { version: 1 }])('whatever KV has beside it: %j', async (metadata) => {
    const source = kvSource(namespace(gzip(update), metadata));
    expect(await source.latest(bundled.version)).toEqual(JSON.parse(update));
  });
});
