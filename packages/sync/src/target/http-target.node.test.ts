import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

import * as Effect from 'effect/Effect';
import { describe, expect, it } from 'vitest';

import { startSync } from '../sync/sync.ts';
import { httpTarget } from './http-target.ts';
import { Target } from './target.ts';

/** Why the checkpoint of a control plane can't be known. */
async function failure(listener: RequestListener, token: string): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const to = new URL(`http://127.0.0.1:${port}`);
  const asked = Effect.flatMap(Target, ({ checkpoint }) => checkpoint).pipe(
    Effect.provide(httpTarget({ to, source: 'east', token: () => token })),
    Effect.as('none'),
    Effect.catch(({ message }) => Effect.succeed(message)),
  );
  try {
    return await Effect.runPromise(asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('a control plane', () => {
  it('is never sent on elsewhere with the token', async () => {
    let asked = 0;
    const listener: RequestListener = (_, response) => {
      asked += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    };
    expect(await failure(listener, 'token-of-an-admin')).toMatch(/redirect/);
    expect(asked).toBe(1);
  });

  it('that answers without end is given up', async () => {
    let sent = 0;
    const listener: RequestListener = (_, response) => {
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const go = (): void => {
        if (response.destroyed) return;
        sent += chunk.length;
        if (response.write(chunk)) setImmediate(go);
        else response.once('drain', go);
      };
      go();
    };
    expect(await failure(listener, 'token-of-an-admin')).toMatch(/larger than/);
    expect(sent).toBeLessThan(256 * 1024 * 1024);
  });

  it('is not asked with a token that can not be sent, which is not told', async () => {
    let asked = 0;
    const message = await failure(() => (asked += 1), 'first-line\nsecret-line');
    expect(message).toMatch(/token must be/);
    expect(message).not.toContain('secret-line');
    expect(asked).toBe(0);
  });

  it.each(['https://user:secret-word@worker.example/', 'http://user:secret-word@127.0.0.1/'])(
    'has no password in its address: %s',
    (to) => {
      const start = (): unknown => startSync({ source: 'east', token: 'token-of-an-admin', to });
      expect(start).toThrow(TypeError);
      expect(start).not.toThrow(/secret-word/);
    },
  );
});
