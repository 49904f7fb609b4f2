import { afterEach, beforeEach, vi } from 'vitest';

import { startSync, type Sync, type SyncOptions } from '../../src/index.ts';
import { startCluster, type TestCluster } from '../cluster/cluster.ts';
import { nameOf, startTarget, type TestTarget } from '../target/target.ts';

/** A cluster and a control plane for each test, and what is started between them. */
export interface Setup {
  readonly cluster: TestCluster;
  readonly target: TestTarget;
  readonly start: (options?: Partial<SyncOptions>) => Sync;
  /** Waits until the control plane holds these objects of the source, as `Kind namespace/name`, and no others. */
  readonly holds: (...names: readonly string[]) => Promise<void>;
}

/** Delays that suit a test. */
export const QUICK = {
  holdoff: { quiet: 5, maximum: 50 },
  timing: { backoff: { initial: 5, maximum: 40 }, pause: 1 },
} satisfies Partial<SyncOptions>;

/** To be called where tests are described. */
export function setup(): { readonly current: Setup } {
  let current: Setup | undefined;
  const syncs: Sync[] = [];
  beforeEach(async () => {
    const [cluster, target] = await Promise.all([startCluster(), startTarget()]);
    current = {
      cluster,
      target,
      start: (options = {}) => {
        const sync = startSync({
          kubeconfig: cluster.kubeconfig,
          source: 'east',
          to: target.to,
          token: target.token,
          ...QUICK,
          ...options,
          timing: { ...QUICK.timing, ...options.timing },
        });
        syncs.push(sync);
        return sync;
      },
      holds: (...names) => held(target, names),
    };
  });
  afterEach(async () => {
    await Promise.all(syncs.splice(0).map((sync) => sync.close()));
    await Promise.all([current?.cluster.close(), current?.target.close()]);
    current = undefined;
  });
  return {
    get current() {
      if (current === undefined) throw new Error('only within a test');
      return current;
    },
  };
}

async function held(target: TestTarget, names: readonly string[]): Promise<void> {
  await eventually(() => {
    const found = target.objects('east').map((object) => `${object.kind} ${nameOf(object)}`);
    const [expected, actual] = [names.toSorted().join(), found.toSorted().join()];
    if (expected !== actual) throw new Error(`expected ${expected}, found ${actual}`);
  });
}

/** Waits until something doesn't throw any more. */
export async function eventually(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 20_000, interval: 5 });
}
