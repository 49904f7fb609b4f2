import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { socket } from '@portolan/node';
import type { Dialer } from '@portolan/proxy';
import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf, ROOT } from './session/session.ts';

const LIMITS = 'docs/explanation/limits.md';
const CONSISTENCY = 'docs/explanation/consistency.md';

describeSession(LIMITS);

describe(`what ${LIMITS} says is refused`, () => {
  const manifests = filesOf(blocksOf(LIMITS))['shop.yaml'] ?? '';
  const app = portolan(manifests, { dialers: [socket()] });

  it.each([
    ['native gRPC', 501, 'GRPCNotSupported', '/', { method: 'POST', headers: grpc('') }],
    ['HTTP/2 to endpoints without TLS', 502, 'NoDialer', '/orders', {}],
  ])('%s', async (_, status, reason, path, init) => {
    const response = await app.fetch(new Request(`http://shop.example${path}`, init));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ reason });
    expect(text(LIMITS)).toContain(String(status));
  });

  it('is not gRPC-Web', async () => {
    const passing: Dialer = {
      name: 'passing',
      dial: () => ({
        base: 'http://10.244.1.7:80',
        keepsHost: true,
        upgrades: 'none',
        fetch: async () => new Response('passed'),
      }),
    };
    const gateway = portolan(manifests, { dialers: [passing] });
    const init = { method: 'POST', headers: grpc('-web') };
    const response = await gateway.fetch(new Request('http://shop.example/', init));
    expect(await response.text()).toBe('passed');
  });
});

describe.each([
  [
    LIMITS,
    'refused beyond 32 MiB',
    'apps/edge-worker/src/live/snapshot-update.ts',
    '32 * 1024 * 1024',
  ],
  [
    LIMITS,
    '3 MiB; 1000 watches',
    'packages/kube-api/src/api/kube-api.ts',
    'maxBody ?? 3 * MEBIBYTE',
  ],
  [LIMITS, '3 MiB; 1000 watches', 'packages/kube-api/src/api/kube-api.ts', 'maxWatches ?? 1000'],
  [
    LIMITS,
    '16 KiB, 100 fields, 8 KiB',
    'packages/node/src/serve/serve.ts',
    'maxHeaderSize ?? 16 * KiB',
  ],
  [
    LIMITS,
    '16 KiB, 100 fields, 8 KiB',
    'packages/node/src/serve/serve.ts',
    'maxHeaderFields ?? 100',
  ],
  [
    LIMITS,
    '16 KiB, 100 fields, 8 KiB',
    'packages/node/src/serve/serve.ts',
    'maxURLLength ?? 8 * KiB',
  ],
  [LIMITS, '4096; the one', 'packages/sockets/src/relaying/relaying.ts', 'maxSessions ?? 4096'],
  [
    LIMITS,
    '4000 instructions',
    'packages/routing/src/regular-expression/compile.ts',
    'MAXIMUM_PROGRAM = 4000',
  ],
  [
    CONSISTENCY,
    'quiet for 20 ms, after 200 ms',
    'packages/control-plane/src/publisher/holdoff.ts',
    'quiet = 20, maximum = 200',
  ],
  [
    CONSISTENCY,
    'written for 100 ms, or after 3 s',
    'packages/files/src/watch/watch-paths.ts',
    'holdoff = 100, maximum = 3000',
  ],
  [
    CONSISTENCY,
    '`LIVE.interval` (1 s)',
    'apps/edge-worker/src/configuration.ts',
    'interval: v.optional(milliseconds, 1_000)',
  ],
  [
    CONSISTENCY,
    'for a second at most (`LIVE.firstWait`)',
    'apps/edge-worker/src/configuration.ts',
    'firstWait: v.optional(milliseconds, 1_000)',
  ],
  [
    CONSISTENCY,
    '`stale: …` after 60 s',
    'apps/edge-worker/src/configuration.ts',
    'minValue(1)), 60)',
  ],
  [
    CONSISTENCY,
    'written every 30 s',
    'apps/control-plane/src/configuration.ts',
    'minValue(1)), 30)',
  ],
  [
    CONSISTENCY,
    'cached where it is read for 30 s',
    'apps/edge-worker/src/live/kv-source.ts',
    'CACHE_TTL = 30',
  ],
  [
    CONSISTENCY,
    'quiet for 200 ms, after 2 s',
    'packages/sync/src/push/holdoff.ts',
    'quiet = 200, maximum = 2000',
  ],
  [CONSISTENCY, 'has run out (15 s)', 'packages/sync/src/sync/sync.ts', 'seconds = 15'],
  [
    CONSISTENCY,
    'runs out (30 s by default)',
    'packages/register/src/registered-pod/registered-pod.ts',
    'LEASE_DURATION_SECONDS = 30',
  ],
])('%s', (page, words, file, source) => {
  it(`has what the code has: ${words} (${source})`, () => {
    expect(text(page)).toContain(words);
    expect(text(file)).toContain(source);
  });
});

function text(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function grpc(suffix: string): Readonly<Record<string, string>> {
  return { 'content-type': `application/grpc${suffix}` };
}
