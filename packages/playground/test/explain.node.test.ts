import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { DescribedRequest } from '@portolan/explain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Session } from '../src/engine/session/session.ts';
import { EXAMPLES } from '../src/examples/examples.ts';

const PORTOLAN = fileURLToPath(new URL('../../portolan/src/bin/portolan.ts', import.meta.url));

/** What is asked of each example beside its own request: an exact and a wildcard host, node ports, zones, names, affinity. */
const REQUESTS: Readonly<Record<string, readonly DescribedRequest[]>> = {
  shop: [
    { url: 'http://tea.shop.example/x?q=1' },
    { url: 'http://a.b.shop.example/' },
    { url: 'https://shop.example/cartoons', method: 'POST', headers: { 'x-version': 'blue' } },
  ],
  precedence: [
    { url: 'http://docs.example/guide/end' },
    { url: 'http://x.example/guide/start' },
    { url: 'http://x.test/guide/start' },
    { url: 'http://docs.example/' },
  ],
  zones: [
    { url: 'http://192.0.2.11:30080/' },
    { url: 'http://192.0.2.13:30080/', from: '198.51.100.7' },
    {
      url: 'http://tiles.maps.svc.cluster.local/',
      entrance: 'internal',
      node: 'node-c',
      zone: 'west',
    },
    { url: 'http://tiles-here.maps.svc.cluster.local/', entrance: 'internal', node: 'node-c' },
  ],
  'service-types': [
    { url: 'http://203.0.113.10/', from: '192.0.2.99' },
    { url: 'http://192.0.2.11:30080/' },
    { url: 'http://payments.demo.svc.cluster.local/', entrance: 'internal' },
    { url: 'http://web-inside.demo.svc.cluster.local/', entrance: 'internal' },
  ],
  traffic: [{ url: 'http://tea.example/cups', from: '198.51.100.7' }],
};

describe('what the page says', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-playground-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** As the command line answers, a request a line. */
  async function explained(
    id: string,
    manifests: string,
    requests: readonly DescribedRequest[],
  ): Promise<readonly unknown[]> {
    const file = join(folder, `${id}.yaml`);
    const asked = join(folder, `${id}.jsonl`);
    await writeFile(file, manifests);
    await writeFile(asked, requests.map((request) => JSON.stringify(request)).join('\n'));
    const command = [PORTOLAN, 'explain', '--requests', asked, '-f', file];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder });
    return stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  }

  it.each(
    // Of manifests that are at fault the command line ends with an error: it is asked for the others.
    EXAMPLES.filter(({ id }) => id !== 'mistakes'),
  )('is what `portolan explain` says: $id', async ({ id, scenario: { manifests, request } }) => {
    const requests = [request, ...(REQUESTS[id] ?? [])];
    const session = new Session();
    session.take({ id: 0, kind: 'open', manifests });
    const said = requests.map((asked) => {
      session.take({ id: 1, kind: 'ask', request: asked });
      return session.view().answer?.explanation;
    });
    const plain: unknown = JSON.parse(JSON.stringify(said));
    // The page has the trace, too: rules that lost and endpoints that may not answer.
    expect(plain).toMatchObject(await explained(id, manifests, requests));
  });
});
