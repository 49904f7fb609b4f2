import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createKubeAPI } from '@portolan/kube-api';
import { serve } from '@portolan/node';
import { openStore, type Store } from '@portolan/store';

import { withFault, type Fault } from './fault.ts';

/** An API server on the loopback, with a store behind it that tests write to. */
export interface TestCluster {
  readonly store: Store;
  readonly kubeconfig: string;
  /** Every request that came: its path with its query, and what it accepts. */
  readonly requests: readonly {
    readonly url: URL;
    readonly accept: string;
    readonly token: string;
  }[];
  /** What is to go wrong with a request; `undefined` for nothing. */
  fault: (url: URL) => Fault | undefined;
  /** The token that is good from now on, in the kubeconfig too. */
  readonly changeToken: (token: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface TestClusterOptions {
  /** How many changes watches can go back. */
  readonly history?: number;
  /** Certificate and key, PEM: it speaks TLS, and takes its token from a command. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export async function startCluster({
  history,
  tls,
}: TestClusterOptions = {}): Promise<TestCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-cluster-'));
  const store = openStore(undefined, history === undefined ? {} : { history });
  let token = 'a-token-of-the-cluster';
  const open = (): ReturnType<typeof createKubeAPI> =>
    createKubeAPI({
      store,
      admission: { admit: ({ object }) => ({ object }) },
      tokens: [{ name: 'sync', role: 'admin', token }],
    });
  let api = open();
  const requests: { url: URL; accept: string; token: string }[] = [];
  const server = await serve(
    async (request) => {
      const url = new URL(request.url);
      requests.push({
        url,
        accept: request.headers.get('Accept') ?? '',
        token: request.headers.get('Authorization') ?? '',
      });
      const fault = cluster.fault(url);
      if (fault !== undefined && 'status' in fault) return withFault(new Response(), fault);
      const response = await api.fetch(request);
      return fault === undefined ? response : withFault(response, fault);
    },
    { hostname: '127.0.0.1', drain: 0, onError: () => undefined, ...(tls && { tls }) },
  );
  const kubeconfig = join(folder, 'config.yaml');
  const write = (): Promise<void> =>
    writeFile(
      kubeconfig,
      tls === undefined
        ? kubeconfigText(
            { server: `http://127.0.0.1:${server.port}`, 'insecure-skip-tls-verify': true },
            { token },
          )
        : kubeconfigText(
            {
              server: `https://127.0.0.1:${server.port}`,
              'certificate-authority-data': Buffer.from(tls.cert).toString('base64'),
            },
            { exec: execCredential(token) },
          ),
    );
  await write();
  const cluster: TestCluster = {
    store,
    kubeconfig,
    requests,
    fault: () => undefined,
    changeToken: async (next) => {
      token = next;
      api.close();
      api = open();
      await write();
    },
    close: async () => {
      api.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
  return cluster;
}

/** JSON is YAML. The client library takes plain HTTP only where certificates are not looked at. */
function kubeconfigText(cluster: object, user: object): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}

/** A command that prints a token. Kubernetes documentation, client-go credential plugins. */
function execCredential(token: string): object {
  const apiVersion = 'client.authentication.k8s.io/v1';
  const credential = { apiVersion, kind: 'ExecCredential', status: { token } };
  return { apiVersion, command: 'printf', args: ['%s', JSON.stringify(credential)] };
}
