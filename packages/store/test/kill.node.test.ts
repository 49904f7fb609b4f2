import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { parseManifests } from '@portolan/manifests';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openStoreOf } from './kill/stores.ts';
import { countOf, expectedAfter } from './kill/writes.ts';

const ROUNDS = 12;
const WRITER = fileURLToPath(new URL('kill/writer.ts', import.meta.url));

/** What a writer had been told was kept when it was killed. */
interface Acknowledged {
  readonly count: number;
  readonly revision: number;
}

/** Has a process commit, kills it some time after its first commits, and says what it was told. */
async function writeAndKill(
  kind: string,
  place: string,
  first: number,
  wait: number,
): Promise<Acknowledged> {
  const child = spawn(process.execPath, [WRITER, kind, place, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let said = '';
  child.stdout.on('data', (data) => (said += String(data)));
  await once(child.stdout, 'data');
  await setTimeout(wait);
  child.kill('SIGKILL');
  await ended;
  // The last line may have been cut.
  const [count = -1, revision = 0] = said.split('\n').at(-2)?.split(' ').map(Number) ?? [];
  return { count, revision };
}

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'portolan-kill-'));
});
afterEach(() => rm(place, { recursive: true }));

describe('a store whose process is killed while it commits', () => {
  it.each(['sqlite', 'folder'])('has lost nothing that it acknowledged (%s)', async (kind) => {
    let next = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      // Spread over the time that some commits take, the same each time.
      const { count, revision } = await writeAndKill(kind, place, next, (round * 37) % 101);
      expect(count).toBeGreaterThanOrEqual(next);
      const store = await openStoreOf(kind, place);
      expect(store.revision()).toBeGreaterThanOrEqual(revision);
      const kept = new Map(
        store.list('configmaps').map((object) => [object.metadata.name, countOf(object)]),
      );
      // The commit that was under way is there as a whole, or not at all.
      const last = kept.get('last') ?? -1;
      expect([count, count + 1]).toContain(last);
      expect(kept).toEqual(expectedAfter(last));
      expect(kind === 'folder' ? await countsInFiles(place) : kept).toEqual(kept);
      store.close();
      next = last + 1;
    }
  });
});

/** What stands in the files of a folder. */
async function countsInFiles(folder: string): Promise<ReadonlyMap<string, number>> {
  const shop = join(folder, 'shop');
  const sources = await Promise.all(
    (await readdir(shop)).map(async (name) => ({
      name,
      text: await readFile(join(shop, name), 'utf8'),
    })),
  );
  const { manifests, diagnostics } = parseManifests(sources);
  expect(diagnostics).toEqual([]);
  return new Map(
    manifests.flatMap(({ resource }) =>
      resource.kind === 'ConfigMap'
        ? [[resource.metadata.name, Number(resource.data?.['count'])]]
        : [],
    ),
  );
}
