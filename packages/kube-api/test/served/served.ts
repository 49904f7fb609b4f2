import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { serve, type HTTPServer } from '@portolan/node';
import { openStore, type Store } from '@portolan/store';
import { generate } from 'selfsigned';

import type { Token } from '../../src/access/access.ts';
import { ADMIN, harness, READER } from '../harness/harness.ts';

export interface Served {
  readonly store: Store;
  readonly folder: string;
  readonly kubeconfig: string;
  readonly server: string;
  /** Ends all connections, and listens again at the same port with the same store. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const PREFIX = '/.portolan/kube';

/** An API over TLS with a certificate of its own, and a kubeconfig with a context for each role. */
export async function served(): Promise<Served> {
  const store = openStore();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const start = async (port?: number): Promise<HTTPServer> => {
    const { api } = harness({ store, prefix: PREFIX, now: Date.now });
    const tls = { key, cert };
    const options = { hostname: '127.0.0.1', tls, drain: 1000, ...(port && { port }) };
    const { close, ...rest } = await serve(api.fetch, options);
    const closeAll = async (): Promise<void> => {
      api.close();
      await close();
    };
    return { ...rest, close: closeAll };
  };
  let running = await start();
  const { port } = running;
  const folder = await mkdtemp(join(tmpdir(), 'portolan-kube-api-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const server = `https://127.0.0.1:${port}${PREFIX}`;
  const user = ({ name, token }: Token): object => ({ name, user: { token } });
  const context = ({ name }: Token): object => ({
    name,
    context: { cluster: 'portolan', user: name, namespace: 'shop' },
  });
  await writeFile(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'portolan',
          cluster: {
            server,
            'certificate-authority-data': Buffer.from(cert).toString('base64'),
          },
        },
      ],
      users: [ADMIN, READER].map(user),
      contexts: [ADMIN, READER].map(context),
      'current-context': ADMIN.name,
    }),
  );
  return {
    store,
    folder,
    kubeconfig,
    server,
    restart: async () => {
      await running.close();
      running = await start(port);
    },
    close: async () => {
      await running.close();
      await rm(folder, { recursive: true });
    },
  };
}
