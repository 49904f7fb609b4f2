import { once } from 'node:events';
import http from 'node:http';

import { serve } from '@portolan/node';
import { openStore } from '@portolan/store';
import { describe, expect, it, vi } from 'vitest';

import { ADMIN, configMap, harness } from './harness/harness.ts';

const headers = { authorization: `Bearer ${ADMIN.token}` };

describe('watches over sockets', () => {
  it('begin before there is anything to tell, and leave nothing behind when their clients vanish', async () => {
    const store = openStore();
    let listeners = 0;
    const { api } = harness({
      store: {
        ...store,
        subscribe: (listener) => {
          const end = store.subscribe(listener);
          listeners++;
          let isEnded = false;
          return () => {
            end();
            if (!isEnded) listeners--;
            isEnded = true;
          };
        },
      },
    });
    const before = listeners;
    const server = await serve(api.fetch, { hostname: '127.0.0.1', drain: 100 });
    const path = '/api/v1/configmaps?watch=1&allowWatchBookmarks=true';
    const clients = Array.from({ length: 20 }, () =>
      http.get({ host: '127.0.0.1', port: server.port, path, headers, agent: false }),
    );
    const responses = await Promise.all(
      clients.map(async (client): Promise<http.IncomingMessage> => {
        client.on('error', () => undefined);
        const [response] = await once(client, 'response');
        return response;
      }),
    );
    expect(listeners - before).toBe(20);
    const first = responses.map(async (response) => once(response, 'data'));
    store.commit([{ put: configMap('a', 'shop') }]);
    for (const [chunk] of await Promise.all(first)) expect(String(chunk)).toContain('"ADDED"');
    for (const client of clients) client.destroy();
    await vi.waitFor(() => expect(listeners - before).toBe(0), 10_000);
    api.close();
    await server.close();
  });

  it('that nobody reads take no memory with each change, and end with 410', async () => {
    const store = openStore(undefined, { history: 50 });
    const { api } = harness({ store });
    const server = await serve(api.fetch, { hostname: '127.0.0.1', drain: 100 });
    const path = '/api/v1/configmaps?watch=1';
    const client = http.get({ host: '127.0.0.1', port: server.port, path, headers, agent: false });
    const [response]: http.IncomingMessage[] = await once(client, 'response');
    if (response === undefined) throw new Error('no response');
    const data = 'x'.repeat(100_000);
    let sent = 0;
    for (; sent < 2000; sent++) {
      store.commit([{ put: { ...configMap('a', 'shop'), data: { data, n: String(sent) } } }]);
      if (sent % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => (text += chunk));
    await once(response, 'end');
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(sent);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    api.close();
    await server.close();
  });
});
