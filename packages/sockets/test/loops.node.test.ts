import net from 'node:net';

import { describe, expect, it } from 'vitest';

import { harbour, type Harbour } from './harbour/harbour.ts';
import { udp } from './peers/udp.ts';

/** A Service whose endpoint is its own node port. */
async function circular(): Promise<Harbour> {
  const overrides: Record<string, string> = {};
  const own = await harbour({ options: { overrides: () => overrides } });
  overrides['10.244.0.1:5432'] = `127.0.0.1:${own.port}`;
  return own;
}

describe('an endpoint that is a listener of this very host', () => {
  it('is never connected to, so that no client makes endless connections', async () => {
    await using at = await circular();
    const client = net.connect(at.port, '127.0.0.1');
    client.on('error', () => undefined);
    await new Promise((resolve) => client.once('close', resolve));
    expect(await at.end(1)).toMatchObject({ reason: 'UpstreamUnreachable' });
    expect(at.ended).toHaveLength(1);
  });

  it('is never sent datagrams, so that none of them goes round for ever', async () => {
    await using at = await circular();
    await using client = await udp();
    await client.send('x', at.port);
    expect(await at.end(1)).toMatchObject({ reason: 'UpstreamUnreachable' });
    expect(at.ended).toHaveLength(1);
  });
});
