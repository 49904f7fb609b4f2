import { validateDNS1123Label } from '@portolan/core';
import * as Cause from 'effect/Cause';
import * as Effect from 'effect/Effect';
import * as Exit from 'effect/Exit';
import * as Fiber from 'effect/Fiber';
import * as Layer from 'effect/Layer';

import { kubeConfigCluster } from '../cluster/kube-config-cluster.ts';
import { loadKubeConfig } from '../cluster/kube-config.ts';
import { httpTarget } from '../target/http-target.ts';
import type { SyncOptions } from './options.ts';
import { createRun } from './run.ts';
import type { SyncStatus } from './status.ts';

export interface Sync {
  readonly status: () => SyncStatus;
  /** Resolves when the control plane holds all that is known of the cluster, and all of that is known which may be. Rejects when it is closed before. */
  readonly settled: () => Promise<void>;
  /** Resolves once it is closed. Rejects where it broke, which no failure of others makes it do. */
  readonly ended: Promise<void>;
  /** Ends it, and gives the Lease back. What was sent stays. */
  readonly close: () => Promise<void>;
}

/**
 * Follows a cluster and keeps a control plane the same, until it is closed.
 *
 * @throws {TypeError} for options that make no sense. @throws where there is no such kubeconfig or context.
 */
export function startSync(options: SyncOptions): Sync {
  const { source, token } = options;
  if (validateDNS1123Label(source).length > 0) {
    throw new TypeError(`${JSON.stringify(source)} is no DNS label`);
  }
  const { seconds = 15 } = options.lease ?? {};
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    throw new TypeError(`a Lease can't last ${seconds} s`);
  }
  const to = addressOf(options.to);
  const layer = Layer.mergeAll(
    kubeConfigCluster(options, loadKubeConfig(options)),
    httpTarget({
      to,
      token: typeof token === 'string' ? () => token : token,
      source,
    }),
  );
  const run = createRun(options);
  const fiber = Effect.runFork(run.effect.pipe(Effect.scoped, Effect.provide(layer)));
  const ended = endOf(fiber);
  ended.catch((error: unknown) => options.log?.(`ended: ${String(error)}`));
  return {
    status: run.status,
    settled: () =>
      Promise.race([
        run.settled(),
        ended.then(() => Promise.reject(new Error('the sync was closed'))),
      ]),
    ended,
    close: () => Effect.runPromise(Fiber.interrupt(fiber)),
  };
}

async function endOf(fiber: Fiber.Fiber<never>): Promise<void> {
  const exit = await Effect.runPromise(Fiber.await(fiber));
  if (Exit.isFailure(exit) && !Cause.hasInterruptsOnly(exit.cause)) throw Cause.squash(exit.cause);
}

/** @throws {TypeError} */
function addressOf(to: URL | string): URL {
  const url = new URL(to);
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('the address of the control plane must not hold a user name or a password');
  }
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    throw new TypeError(`${url.href} is not https: the token would be readable on its way`);
  }
  return url;
}
