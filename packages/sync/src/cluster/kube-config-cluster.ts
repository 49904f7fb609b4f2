import { request as requestHTTP, type IncomingMessage } from 'node:http';
import { request as requestHTTPS, type RequestOptions } from 'node:https';

import type { KubeConfig } from '@kubernetes/client-node';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';

import { textOf } from '../content/content.ts';
import { retryAfterOf } from '../pace/retry-after.ts';
import { messageOf, statusMessage } from '../status-message/status-message.ts';
import { ClusterFault } from './cluster-fault.ts';
import { Cluster, type ClusterRequest } from './cluster.ts';
import { loadKubeConfig, type ClusterOptions } from './kube-config.ts';

/** Milliseconds until an answer has to begin. */
const ANSWER_TIMEOUT = 30_000;
/** Bytes of an answer that says what went wrong. */
const FAULT_LIMIT = 1024 * 1024;
/** Milliseconds between probes of a connection on which nothing is said. */
const KEEP_ALIVE = 30_000;

/** A cluster as a kubeconfig names it, with the credentials that go with it. */
export function kubeConfigCluster(
  options: ClusterOptions,
  initial: KubeConfig,
): Layer.Layer<Cluster> {
  let config: KubeConfig | undefined = initial;
  const open = async (request: ClusterRequest, signal: AbortSignal): Promise<IncomingMessage> => {
    config ??= loadKubeConfig(options);
    const response = await send(config, request, signal);
    const { statusCode = 0 } = response;
    if (statusCode >= 200 && statusCode < 300) return response;
    if (statusCode === 401) config = undefined;
    throw await faultOf(response, statusCode);
  };
  return Layer.succeed(Cluster, {
    get: Effect.fnUntraced(function* (request) {
      const { signal } = yield* Effect.acquireRelease(
        Effect.sync(() => new AbortController()),
        (controller) => Effect.sync(() => controller.abort()),
      );
      return yield* Effect.tryPromise({
        try: () => open(request, signal),
        catch: (error) =>
          error instanceof ClusterFault ? error : new ClusterFault(messageOf(error)),
      }).pipe(
        Effect.timeoutOrElse({
          duration: ANSWER_TIMEOUT,
          orElse: () => Effect.fail(new ClusterFault('the cluster does not answer')),
        }),
      );
    }),
  });
}

async function send(
  config: KubeConfig,
  { path, query, accept }: ClusterRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { server = '' } = config.getCurrentCluster() ?? {};
  const url = new URL(`${server.replace(/\/+$/, '')}${path}?${new URLSearchParams(query)}`);
  const options: RequestOptions = {
    headers: { Accept: accept, 'User-Agent': 'portolan-sync' },
    signal,
  };
  await config.applyToHTTPSOptions(options);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'http:' ? requestHTTP : requestHTTPS)(url, options, resolve);
    request.on('socket', (socket) => socket.setKeepAlive(true, KEEP_ALIVE));
    request.on('error', reject);
    request.end();
  });
}

async function faultOf(response: IncomingMessage, code: number): Promise<ClusterFault> {
  const content = await textOf(response, FAULT_LIMIT);
  const retryAfter = retryAfterOf(response.headers['retry-after']);
  const message = statusMessage(content) ?? response.statusMessage ?? '';
  return new ClusterFault(`${code} ${message}`.trim(), {
    code,
    retryAfter,
  });
}
